#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { processTerminal } from "./process-terminal.ts";
import { runCli } from "./run-cli.ts";

const manifest: { readonly version: string } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);
process.exitCode = await runCli(process.argv.slice(2), manifest.version, processTerminal());
