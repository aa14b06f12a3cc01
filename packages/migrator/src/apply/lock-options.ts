import { MigrationError } from "@mortise/core/adapter";
import type { LockOptions } from "@mortise/core/state";

/** The most that every engine takes: about 24 days. */
const longest = 2 ** 31 - 1;

/** The part of some options that says how long a migrator waits, looked at. */
export function lockOptions({ lockTimeout }: LockOptions): LockOptions {
  if (lockTimeout === undefined) return {};
  if (Number.isSafeInteger(lockTimeout) && lockTimeout >= 1 && lockTimeout <= longest) return { lockTimeout };
  throw new MigrationError(`lockTimeout is a whole number of milliseconds from 1 to ${longest}. Nothing was changed.`);
}
