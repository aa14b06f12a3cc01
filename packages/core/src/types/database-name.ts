import type { CaseConvention } from "../model/model-info.ts";

/**
 * The name in the database of a property, by the model's convention; `string` where only the run time knows it: a function, or
 * underscores that "camel" and "pascal" would drop.
 *
 * Before: `"createdAt"`, `"snake"`. After: `"created_at"`.
 */
export type DatabaseName<Property extends string, Convention extends CaseConvention> = [Convention] extends ["snake"]
  ? Snake<Property>
  : [Convention] extends ["preserve"]
    ? Property
    : [Convention] extends ["camel"]
      ? Uncapitalize<WithoutUnderscores<Property>>
      : [Convention] extends ["pascal"]
        ? Capitalize<WithoutUnderscores<Property>>
        : string;

type WithoutUnderscores<Property extends string> = Property extends `${string}_${string}` ? string : Property;

/**
 * `"userId"` becomes `"user_id"`, `"address2Line"` `"address2_line"`, `"HTTPServer"` `"http_server"`; as the run time does it.
 *
 * Goes through the letters with the one before at hand: `Snake<"Id", "r", "user">` is `"user_id"`.
 */
type Snake<
  Rest extends string,
  Before extends string = "",
  Done extends string = "",
> = Rest extends `${infer Letter}${infer After}`
  ? Snake<After, Letter, `${Done}${Break<Before, Letter, After>}${Lowercase<Letter>}`>
  : Done;

/** `"_"` where a word begins with `Letter`: after a small letter or digit, and for the last of several capitals before a small one. */
type Break<Before extends string, Letter extends string, After extends string> =
  Kind<Letter> extends "capital"
    ? Kind<Before> extends "small" | "digit"
      ? "_"
      : Kind<Before> extends "capital"
        ? Kind<First<After>> extends "small"
          ? "_"
          : ""
        : ""
    : "";

type First<Text extends string> = Text extends `${infer Letter}${string}` ? Letter : "";
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type Kind<Letter extends string> = Letter extends Digit
  ? "digit"
  : Letter extends Lowercase<Letter>
    ? Letter extends Uppercase<Letter>
      ? "other"
      : "small"
    : "capital";
