import { MigrationError } from "@mortise/core/adapter";

/** The moment that a migration is named after: `20260101120000`. */
export function stampOf(at: Date): string {
  return at.toISOString().replaceAll(/\D/g, "").slice(0, 14);
}

/** Letters, digits and underscores: a name leads to no other folder. */
export function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .replaceAll(/^_+|_+$/g, "");
  if (slug !== "") return slug;
  throw new MigrationError(`A migration cannot be called ${JSON.stringify(name)}: its name needs a letter or a digit.`);
}
