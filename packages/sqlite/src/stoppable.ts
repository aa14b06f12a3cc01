import type { ExecuteControl } from "@mortise/core/adapter";
import { refuseAborted } from "./patience.ts";

/** The same batches until the signal is aborted; then an error, and what the stream holds is freed. */
export async function* stoppable<T>(
  batches: AsyncIterable<T>,
  control: ExecuteControl | undefined,
): AsyncGenerator<T, void> {
  for await (const batch of batches) {
    if (control !== undefined) refuseAborted(control);
    yield batch;
  }
}
