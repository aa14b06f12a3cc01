import process from "node:process";

/** `ENDURANCE=4` makes the long cases four times as long, as CI does: 10,000 failing transactions, 20 s of killed connections. */
export const effort: number = Math.max(1, Number(process.env["ENDURANCE"] ?? 1));

/** How long an endurance case may take, in milliseconds: far longer than it does, so that only what hangs is ended. */
export const enduranceTimeout: number = 60_000 * (1 + effort);
