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

const leaseLength = 60_000;
const patience = 30_000;

/** Runs a body under a lease: a document that only one holder can have, kept alive while the body runs. */
export async function withLease<T>(db: Db, name: string, body: () => Promise<T>): Promise<T> {
  const leases = db.collection<Lease>(lockCollection);
  const holder = randomUUID();
  await takeLease(leases, name, holder);
  const renewal = setInterval(() => void renew(leases, name, holder).catch(() => undefined), leaseLength / 3);
  try {
    return await body();
  } finally {
    clearInterval(renewal);
    await leases.deleteOne({ _id: name, holder });
  }
}

export async function breakLease(db: Db, name: string): Promise<boolean> {
  const { deletedCount } = await db.collection<Lease>(lockCollection).deleteOne({ _id: name });
  return deletedCount > 0;
}

async function takeLease(leases: Collection<Lease>, name: string, holder: string): Promise<void> {
  const end = Date.now() + patience;
  while (!(await tryLease(leases, name, holder))) {
    if (Date.now() > end) {
      throw new LockTimeoutError(
        "Another migrator holds the lease on this database; wait for it, or unlock it when it is gone.",
      );
    }
    await wait(100);
  }
}

/** A lease that ran out may be taken over; one that is held makes the insert of a second one fail. */
async function tryLease(leases: Collection<Lease>, name: string, holder: string): Promise<boolean> {
  const now = new Date();
  try {
    const until = new Date(now.getTime() + leaseLength);
    await leases.updateOne({ _id: name, until: { $lt: now } }, { $set: { holder, until } }, { upsert: true });
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11_000) return false;
    throw error;
  }
}

async function renew(leases: Collection<Lease>, name: string, holder: string): Promise<void> {
  await leases.updateOne({ _id: name, holder }, { $set: { until: new Date(Date.now() + leaseLength) } });
}
