/** An exact decimal number: so many units of a power of ten. `{ units: 150n, scale: 2 }` is 1.50. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Reads `-12.50`; there are no exponents here. */
export function readDecimal(text: string): Decimal {
  const point = text.indexOf(".");
  if (point === -1) return { units: BigInt(text), scale: 0 };
  const fraction = text.slice(point + 1);
  return { units: BigInt(text.slice(0, point) + fraction), scale: fraction.length };
}

/** The shortest text with at least so many digits behind the point. Zero has no sign. */
export function writeDecimal(decimal: Decimal, leastScale: number): string {
  let { units, scale } = decimal;
  while (scale < leastScale) {
    units *= 10n;
    scale += 1;
  }
  while (scale > leastScale && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  if (scale === 0) return units.toString();
  const negative = units < 0n;
  let digits = (negative ? -units : units).toString();
  while (digits.length <= scale) digits = `0${digits}`;
  const point = digits.length - scale;
  return `${negative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}

export function compareDecimal(left: Decimal, right: Decimal): number {
  const a = left.units * 10n ** BigInt(right.scale);
  const b = right.units * 10n ** BigInt(left.scale);
  return a === b ? 0 : a < b ? -1 : 1;
}

export function addDecimal(left: Decimal, right: Decimal): Decimal {
  const units = left.units * 10n ** BigInt(right.scale) + right.units * 10n ** BigInt(left.scale);
  return { units, scale: left.scale + right.scale };
}

/** The quotient with 16 digits behind the point, or as many as the sum has; halves go away from zero. */
export function divideDecimal(sum: Decimal, count: number): Decimal {
  const exact = readDecimal(writeDecimal(sum, 0));
  const scale = exact.scale > 16 ? exact.scale : 16;
  const numerator = exact.units * 10n ** BigInt(scale - exact.scale);
  const size = numerator < 0n ? -numerator : numerator;
  const divisor = BigInt(count);
  let quotient = size / divisor;
  if ((size % divisor) * 2n >= divisor) quotient += 1n;
  return { units: numerator < 0n ? -quotient : quotient, scale };
}
