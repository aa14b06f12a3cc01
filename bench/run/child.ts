import process from "node:process";
import { engines, subjectModule, type Engine } from "../subjects/names.ts";
import type { OpenSubject, Subject } from "../subjects/subject.ts";
import { canonicalText } from "../workloads/canonical.ts";
import { workloadOf, type Call, type Leftover } from "../workloads/workload.ts";
import type { Answer, Answers, Request, Turn } from "./messages.ts";
import { percentile } from "./statistics.ts";

/** The process of one subject: it opens the subject and answers one request after the other. */
async function serve(engineName: string, name: string): Promise<void> {
  const engine = engineOf(engineName);
  const { open }: { open: OpenSubject } = await import(subjectModule(engine, name).href);
  const subject = await open(serverOf(engine));
  process.on("message", (request: Request) => {
    void answerTo(engine, subject, request).then((answer) => process.send?.(answer));
  });
}

function engineOf(name: string): Engine {
  const engine = engines[name];
  if (engine === undefined) throw new TypeError(`There is no engine ${name}.`);
  return engine;
}

function serverOf({ server }: Engine): string {
  if (server === undefined) return "";
  const address = process.env[server];
  if (address === undefined) throw new TypeError(`${server} names no server.`);
  return address;
}

async function answerTo(engine: Engine, subject: Subject, request: Request): Promise<Answer> {
  try {
    return { answer: await answerOf(engine, subject, request) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** What the turns so far left behind. */
const left = new Set<Leftover>();

async function putRight(engine: Engine, subject: Subject, leaves: readonly Leftover[] = []): Promise<void> {
  for (const leftover of left) await subject.exec(engine.resets[leftover]);
  left.clear();
  for (const leftover of leaves) left.add(leftover);
}

async function answerOf(engine: Engine, subject: Subject, request: Request): Promise<Answers[Request["kind"]]> {
  const call = subject.calls[request.workload];
  await putRight(engine, subject, workloadOf(request.workload).leaves);
  if (request.kind === "results") return call && (await resultsOf(call, request.turns));
  if (call === undefined) throw new TypeError(`This subject has no workload ${request.workload}.`);
  if (request.kind === "allocation") return allocationOf(call);
  const { callers } = workloadOf(request.workload);
  return callers === undefined ? takeTurn(call, request) : turnOfMany(subject, request, callers);
}

type TurnRequest = Extract<Request, { readonly kind: "turn" }>;

async function resultsOf(call: Call, turns: number): Promise<readonly string[]> {
  const results: string[] = [];
  for (let turn = 0; turn < turns; turn += 1) results.push(canonicalText(await call(turn)));
  return results;
}

/** Calls until the time is over. A result that is there at once is not awaited, as no caller would. */
async function takeTurn(call: Call, { milliseconds, from }: TurnRequest): Promise<Turn> {
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
  return turnOf(durations, now - start, process.cpuUsage(cpu));
}

/** Calls of many callers side by side until the time is over, on connections that are open before and closed behind it. */
async function turnOfMany(subject: Subject, request: TurnRequest, callers: number): Promise<Turn> {
  const crew = await subject.crew?.(callers);
  const call = crew?.calls[request.workload];
  if (crew === undefined || call === undefined) throw new TypeError("This subject has no workload of many callers.");
  try {
    await callSideBySide(call, callers, request.milliseconds, request.from);
    globalThis.gc?.();
    const cpu = process.cpuUsage();
    const start = performance.now();
    const durations = await callSideBySide(call, callers, request.milliseconds, request.from);
    return turnOf(durations, performance.now() - start, process.cpuUsage(cpu));
  } finally {
    await crew.close();
  }
}

async function callSideBySide(
  call: Call,
  callers: number,
  milliseconds: number,
  from: number,
): Promise<readonly number[]> {
  const durations: number[] = [];
  const end = performance.now() + milliseconds;
  let turn = from;
  const caller = async () => {
    for (let now = performance.now(); now < end;) {
      const before = now;
      await call(turn++);
      now = performance.now();
      durations.push(now - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return durations;
}

function turnOf(durations: readonly number[], elapsed: number, used: NodeJS.CpuUsage): Turn {
  const calls = durations.length;
  return {
    calls,
    wall: elapsed / calls,
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

await serve(process.argv[2] ?? "", process.argv[3] ?? "");
