import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { UsageError, type CommandDefinition, type CommandOption, type Given } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** What a command line asks for: a command with what was given to it, or nothing more when the help was printed. */
export interface Asked {
  readonly command: CommandDefinition;
  readonly given: Given;
}

/** Reads a command line. What is not understood is a `UsageError`; help and version are printed here. */
export async function readCommandLine(
  args: readonly string[],
  commands: readonly CommandDefinition[],
  version: string,
  terminal: Pick<Terminal, "print">,
): Promise<Asked | undefined> {
  let asked: Asked | undefined;
  let complaint = "";
  const program = new Command("mortise")
    .description("Takes a database to its schema, and keeps the migrations.")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("Run mortise --help for the commands.")
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: () => undefined,
      outputError: (text) => void (complaint = text),
    })
    .exitOverride();
  for (const command of commands) {
    program.addCommand(commandOf(command, (given) => void (asked = { command, given })).copyInheritedSettings(program));
  }
  if (args.length === 0) {
    program.outputHelp();
    return undefined;
  }
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UsageError(sentence(complaint === "" ? error.message : complaint));
  }
  return asked;
}

function commandOf(definition: CommandDefinition, take: (given: Given) => void): Command {
  const { name, summary, argument, options, examples } = definition;
  const command = new Command(name).description(summary).allowExcessArguments(false);
  if (argument !== undefined) command.argument(`<${argument.name}>`, argument.summary);
  for (const option of options) command.addOption(optionOf(option));
  command.addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ ${example}`).join("\n")}`);
  return command.action(() => take(givenBy(definition, command)));
}

function optionOf({ name, short, kind, value = "value", summary, choices }: CommandOption): Option {
  const flags = `${short === undefined ? "" : `-${short}, `}--${name}${kind === "flag" ? "" : ` <${value}>`}`;
  const option = new Option(flags, summary);
  if (choices !== undefined) option.choices(choices);
  if (kind === "number") option.argParser(wholeNumber);
  if (kind === "list")
    option.argParser((text, before: readonly string[] | undefined) => [...(before ?? []), ...text.split(",")]);
  return option;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("It must be a whole number, 1 or more.");
}

function givenBy({ name: called, options }: CommandDefinition, command: Command): Given {
  const valueOf = (name: string): unknown => {
    if (options.some((option) => option.name === name)) return command.getOptionValue(camel(name));
    throw new TypeError(`The command ${called} defines no option ${name}.`);
  };
  return {
    argument: command.args[0] ?? "",
    flag: (name) => valueOf(name) === true,
    text: (name) => {
      const value = valueOf(name);
      return typeof value === "string" ? value : undefined;
    },
    number: (name) => {
      const value = valueOf(name);
      return typeof value === "number" ? value : undefined;
    },
    list: (name) => {
      const value = valueOf(name);
      return Array.isArray(value) ? value.map(String) : [];
    },
  };
}

/** Commander keeps `--dry-run` as `dryRun`. */
function camel(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Commander says `error: unknown option '--jsno'\n(Did you mean --json?)`. */
function sentence(complaint: string): string {
  const text = complaint
    .replace(/^error: /, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  const [said = "", hint] = text.split(/ (?=\(Did you mean)/);
  const whole = `${said.slice(0, 1).toUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? "" : "."}`;
  return hint === undefined ? whole : `${whole} ${hint.slice(1, -1)}`;
}
