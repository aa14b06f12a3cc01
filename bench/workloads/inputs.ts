import { rowCounts } from "./seed.ts";

/** The values of a call. A prime stride visits the keys in an order that no cache foresees. */
const stride = 7919;

export function userKey(turn: number): number {
  return ((turn * stride) % rowCounts.users) + 1;
}

/** The first of so many neighbours that are all there. */
export function firstUser(turn: number, count: number): number {
  return ((turn * stride) % (rowCounts.users - count)) + 1;
}

export function firstPost(turn: number, count: number): number {
  return ((turn * stride) % (rowCounts.posts - count)) + 1;
}

export function settingName(turn: number): string {
  return `setting ${(turn % 100) + 1}`;
}

export interface NewNote {
  readonly userId: number;
  readonly body: string;
  readonly isOpen: boolean;
  readonly createdAt: Date;
}

export function newNote(turn: number): NewNote {
  return {
    userId: userKey(turn),
    body: `A note, written at turn ${turn}`,
    isOpen: turn % 2 === 0,
    createdAt: new Date(1_700_000_000_000 + turn * 1001),
  };
}

export function newNotes(turn: number): readonly NewNote[] {
  return Array.from({ length: 1000 }, (_, at) => newNote(turn + at));
}

export function newName(turn: number): string {
  return `Renamed ${turn % 1000}`;
}
