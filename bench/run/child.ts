import type { OpenSubject, Subject } from "../subjects/subject.ts";
import { canonicalText } from "../workloads/canonical.ts";
import { workloadOf, type Call, type WorkloadName } from "../workloads/workload.ts";
import type { Answer, Answers, Request, Turn } from "./messages.ts";
import { percentile } from "./statistics.ts";

/** The process of one subject: it opens the subject and answers one request after the other. */
async function serve(name: string): Promise<void> {
  const { open }: { open: OpenSubject } = await import(`../subjects/${name}.ts`);
  const subject = await open();
  process.on("message", (request: Request) => {
    void answerTo(subject, request).then((answer) => process.send?.(answer));
  });
}

async function answerTo(subject: Subject, request: Request): Promise<Answer> {
  try {
    return { answer: await answerOf(subject, request) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function answerOf(subject: Subject, request: Request): Promise<Answers[Request["kind"]]> {
  const call = subject.calls[request.workload];
  await resetFor(subject, request.workload);
  if (request.kind === "results") return call && (await resultsOf(call, request.turns));
  if (call === undefined) throw new TypeError(`This subject has no workload ${request.workload}.`);
  return request.kind === "turn" ? takeTurn(call, request.milliseconds, request.from) : allocationOf(call);
}

async function resetFor(subject: Subject, name: WorkloadName): Promise<void> {
  for (const sql of workloadOf(name).reset ?? []) await subject.exec(sql);
}

async function resultsOf(call: Call, turns: number): Promise<readonly string[]> {
  const results: string[] = [];
  for (let turn = 0; turn < turns; turn += 1) results.push(canonicalText(await call(turn)));
  return results;
}

/** Calls until the time is over. A result that is there at once is not awaited, as no caller would. */
async function takeTurn(call: Call, milliseconds: number, from: number): Promise<Turn> {
  const durations: number[] = [];
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const start = performance.now();
  let now = start;
  for (let turn = from; now - start < milliseconds; turn += 1) {
    const before = now;
    const result = call(turn);
    if (result instanceof Promise) await result;
    now = performance.now();
    durations.push(now - before);
  }
  const used = process.cpuUsage(cpu);
  const calls = durations.length;
  return {
    calls,
    wall: (now - start) / calls,
    cpu: (used.user + used.system) / 1000 / calls,
    p50: percentile(durations, 0.5),
    p99: percentile(durations, 0.99),
  };
}

/** The bytes that one call allocates; nothing is collected meanwhile, since the process has a young generation of that size. */
async function allocationOf(call: Call): Promise<number> {
  for (let turn = 0; turn < 5; turn += 1) await call(turn);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const result = await call(5);
  const after = process.memoryUsage().heapUsed;
  if (result === undefined) throw new TypeError("A workload gives a result.");
  return after - before;
}

await serve(process.argv[2] ?? "");
