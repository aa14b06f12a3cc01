import { LockTimeoutError } from "@mortise/core/adapter";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { MongoServerError, type Collection, type Db } from "mongodb";
import { lockCollection } from "./own-collections.ts";

interface Lease {
  readonly _id: string;
  readonly holder: string;
  readonly until: Date;
}

/** How long a lease lives without its holder, and how long others wait for it, in milliseconds. */
export interface LeaseTimes {
  readonly length: number;
  readonly patience: number;
}

const usualTimes: LeaseTimes = { length: 10_000, patience: 60_000 };

function leasesOf(db: Db): Collection<Lease> {
  return db.collection<Lease>(lockCollection);
}

/** Throws when the lease has run out or was taken away: whoever held it must not go on. */
export type RequireLease = () => void;

/**
 * Runs a body under a lease: a document that only one holder can have, kept alive while the body runs. The server's clock counts. A holder
 * that died is waited for until its lease has run out.
 */
export async function withLease<T>(
  db: Db,
  name: string,
  body: (requireLease: RequireLease) => Promise<T>,
  times: LeaseTimes = usualTimes,
): Promise<T> {
  const holder = randomUUID();
  await waitForLease(db, name, holder, times);
  let heldUntil = performance.now() + times.length;
  let isLost = false;
  const renew = async (): Promise<void> => {
    const asked = performance.now();
    const found = await tryLease(db, name, holder, times.length);
    if (found === holder) heldUntil = asked + times.length;
    else if (found !== undefined) isLost = true;
  };
  const renewal = setInterval(() => void renew().catch(() => undefined), times.length / 3);
  try {
    return await body(() => {
      if (isLost || performance.now() > heldUntil) throw lost();
    });
  } finally {
    clearInterval(renewal);
    await leasesOf(db).deleteOne({ _id: name, holder });
  }
}

function lost(): LockTimeoutError {
  return new LockTimeoutError(
    "The lease on this database was lost, so that another migrator may be at work: nothing more was done. Run it again.",
  );
}

export async function breakLease(db: Db, name: string): Promise<boolean> {
  const { deletedCount } = await leasesOf(db).deleteOne({ _id: name });
  return deletedCount > 0;
}

async function waitForLease(db: Db, name: string, holder: string, times: LeaseTimes): Promise<void> {
  const end = performance.now() + times.patience;
  while ((await tryLease(db, name, holder, times.length)) !== holder) {
    if (performance.now() > end) {
      throw new LockTimeoutError(
        "Another migrator holds the lease on this database; wait for it, or unlock it when it is gone.",
      );
    }
    await wait(100);
  }
}

/** Takes the lease where nobody has it, where it ran out, or where it is ours already. Tells who has it then, if nobody came between. */
async function tryLease(db: Db, name: string, holder: string, length: number): Promise<string | undefined> {
  const leases = leasesOf(db);
  const now = await serverTime(db);
  const there = await leases.findOne({ _id: name });
  if (there !== null && there.holder !== holder && there.until > now) return there.holder;
  const isFree = { $or: [{ $eq: ["$holder", holder] }, { $lt: [{ $ifNull: ["$until", new Date(0)] }, now] }] };
  const ours = { _id: name, holder, until: new Date(now.getTime() + length) };
  try {
    const lease = await leases.findOneAndUpdate(
      { _id: name },
      [{ $replaceWith: { $cond: [isFree, ours, "$$ROOT"] } }],
      { upsert: true, returnDocument: "after" },
    );
    return lease?.holder;
  } catch (error) {
    // Two have made the document at once, or written it: the other was first.
    if (error instanceof MongoServerError && (error.code === 11_000 || error.code === 112)) return undefined;
    throw error;
  }
}

/** One clock for all holders, wherever they run. */
async function serverTime(db: Db): Promise<Date> {
  const { localTime } = await db.command({ hello: 1 });
  return localTime instanceof Date ? localTime : new Date();
}
