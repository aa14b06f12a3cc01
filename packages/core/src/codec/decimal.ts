/**
 * Exact decimal numbers as text. The canonical form has no sign for zero, no plus, no exponent and no needless zeros, so that equal
 * numbers are equal texts: `-12.5`, `0`, `100`.
 */
interface Decimal {
  /** The digits of the number without its point. */
  readonly units: bigint;
  /** How many of them stand behind the point. */
  readonly scale: number;
}

const longest = 1000;
const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** The canonical form of a decimal text, or `undefined` for any other text. */
export function canonicalDecimal(text: string): string | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = found;
  const digits = whole + fraction;
  const scale = fraction.length - Number(exponent);
  if (digits === "" || digits.length > longest || Math.abs(scale) > longest) return undefined;
  return format({ units: BigInt(sign === "-" ? `-${digits}` : digits), scale });
}

/** Digits before and behind the point of a canonical decimal. */
export function digitCounts(canonical: string): { readonly whole: number; readonly fraction: number } {
  const [whole = "", fraction = ""] = canonical.replace("-", "").split(".");
  return { whole: whole === "0" ? 0 : whole.length, fraction: fraction.length };
}

/** A canonical decimal with at least this many digits behind the point: `padDecimal("1.5", 2)` is `1.50`. */
export function padDecimal(canonical: string, scale: number): string {
  const { fraction } = digitCounts(canonical);
  if (fraction >= scale) return canonical;
  return `${canonical}${fraction === 0 ? "." : ""}${"0".repeat(scale - fraction)}`;
}

export function addDecimals(left: string, right: string): string {
  const [a, b] = align(parse(left), parse(right));
  return format({ units: a.units + b.units, scale: a.scale });
}

export function subtractDecimals(left: string, right: string): string {
  const [a, b] = align(parse(left), parse(right));
  return format({ units: a.units - b.units, scale: a.scale });
}

export function compareDecimals(left: string, right: string): number {
  const [a, b] = align(parse(left), parse(right));
  return a.units < b.units ? -1 : Number(a.units > b.units);
}

/** The quotient with 16 digits behind the point, or as many as the sum has, rounded half away from zero. */
export function averageDecimal(sum: string, count: number): string {
  const { units, scale } = parse(sum);
  const wanted = Math.max(scale, 16);
  const divisor = BigInt(count);
  const scaled = units * 10n ** BigInt(wanted - scale);
  const doubled = (scaled < 0n ? -scaled : scaled) * 2n + divisor;
  const rounded = doubled / (divisor * 2n);
  return format({ units: scaled < 0n ? -rounded : rounded, scale: wanted });
}

/**
 * A text whose plain order is the order of the numbers: a class for the sign, the power of ten, then the digits. For negative
 * numbers the power and the digits are complements, ended by a character behind all digits.
 */
export function decimalSortKey(canonical: string): string {
  const negative = canonical.startsWith("-");
  const { whole } = digitCounts(canonical);
  const all = canonical.replace(/[-.]/g, "");
  const digits = all.replace(/^0+/, "");
  if (digits === "") return "1";
  const power = whole > 0 ? whole : digits.length - (all.length - 1);
  const body = `${String(power + 5000).padStart(4, "0")}${digits.replace(/0+$/, "")}`;
  if (!negative) return `2${body}`;
  return `0${body.replace(/\d/g, (digit) => String(9 - Number(digit)))}~`;
}

function parse(canonical: string): Decimal {
  const [whole = "", fraction = ""] = canonical.split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function align(left: Decimal, right: Decimal): readonly [Decimal, Decimal] {
  const scale = Math.max(left.scale, right.scale);
  return [rescale(left, scale), rescale(right, scale)];
}

function rescale({ units, scale }: Decimal, wanted: number): Decimal {
  return { units: units * 10n ** BigInt(wanted - scale), scale: wanted };
}

function format({ units, scale }: Decimal): string {
  if (units === 0n) return "0";
  const sign = units < 0n ? "-" : "";
  const digits = String(units < 0n ? -units : units);
  if (scale <= 0) return `${sign}${digits}${"0".repeat(-scale)}`;
  const padded = digits.padStart(scale + 1, "0");
  const fraction = padded.slice(-scale).replace(/0+$/, "");
  return `${sign}${padded.slice(0, -scale)}${fraction === "" ? "" : `.${fraction}`}`;
}
