/** What a person can be asked. An answer that is broken off is a `Cancelled`. */
export interface Questions {
  select(message: string, choices: readonly Choice[]): Promise<string>;
  confirm(message: string): Promise<boolean>;
  text(message: string): Promise<string>;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The person broke a question off. */
export class Cancelled extends Error {
  constructor() {
    super("Cancelled. Nothing was changed.");
  }
}
