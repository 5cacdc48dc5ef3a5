/**
 * Reads numbers as models and data sets write them: thousands separators, decimal commas, fractions, mixed numbers,
 * percent, scientific notation, currency and units. Patterns are sticky and free of nested quantifiers over the same
 * characters, and only the last `MAX_NUMBER_TEXT` characters are looked at.
 */
import { plainMath } from './plain-math';

/** A number as written, with what its writing says about precision. */
export type NumberReading = {
  readonly value: number;
  /** Value of the last written digit: 0.01 for `3.43`, 1 for `12`; 0 for exact forms such as `24/7`. */
  readonly lastDigit: number;
  /** Digits from the first non-zero one on; Infinity for exact forms. */
  readonly significant: number;
  /** Digits after the point of the mantissa. */
  readonly decimals: number;
  readonly percent: boolean;
  /** Digits of a whole number written out, without leading zeros; empty for any other form. */
  readonly whole: string;
  /** Unit as written behind the number; empty when there is none. */
  readonly unit: string;
  /** Offsets in the text handed to `findNumbers`. */
  readonly start: number;
  readonly end: number;
};

/** An answer is short: no number is looked for further from the end than this. */
const MAX_NUMBER_TEXT = 2_000;
const MAX_NUMBERS = 64;

const numberWords = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen twenty'
).split(' ');

/**
 * The one number a text states, or undefined when it states none or several different ones. `x = 3` states 3,
 * `3 m (9.8 ft)` states 3 m, `four` states 4.
 */
export const readNumber = (text: string): NumberReading | undefined => {
  const plain = plainMath(text.length > MAX_NUMBER_TEXT ? text.slice(-MAX_NUMBER_TEXT) : text);
  const all = findNumbers(plain);
  if (all.length === 0) return readNumberWord(plain);
  if (all.length === 1) return all[0];
  const equals = plain.lastIndexOf('=');
  const afterEquals = equals < 0 ? [] : all.filter((reading) => reading.start > equals);
  return single(afterEquals) ?? single(all) ?? beforeBracket(plain, all);
};

const single = (readings: readonly NumberReading[]): NumberReading | undefined => {
  const first = readings[0];
  return first && readings.every((reading) => reading.value === first.value) ? first : undefined;
};

const beforeBracket = (plain: string, all: readonly NumberReading[]): NumberReading | undefined => {
  const bracket = plain.indexOf('(');
  const [first, second] = all;
  return first && second && bracket >= first.end && second.start > bracket && plain.endsWith(')') ? first : undefined;
};

const readNumberWord = (plain: string): NumberReading | undefined => {
  const value = plain.length > 12 ? -1 : numberWords.indexOf(plain.toLowerCase().replace(/[.\s]/g, ''));
  if (value < 0) return undefined;
  return {
    value,
    lastDigit: 1,
    significant: 1,
    decimals: 0,
    percent: false,
    unit: '',
    whole: String(value),
    start: 0,
    end: plain.length,
  };
};

/** Every number in a text that `plainMath` has been over, in order, 64 at most. Digits inside words are none. */
export const findNumbers = (text: string): readonly NumberReading[] => {
  const found: NumberReading[] = [];
  const digits = /\d/g;
  let match = digits.exec(text);
  while (match && found.length < MAX_NUMBERS) {
    const at = match.index > 0 && text.charAt(match.index - 1) === '.' ? match.index - 1 : match.index;
    const reading = readAt(text, at);
    if (reading) found.push(reading);
    digits.lastIndex = Math.max(match.index + 1, reading ? reading.end : endOfRun(text, match.index));
    match = digits.exec(text);
  }
  return found;
};

const runPattern = /[\p{L}\d.,_'’]*/uy;
const endOfRun = (text: string, at: number): number => {
  runPattern.lastIndex = at;
  return at + (runPattern.exec(text)?.[0].length ?? 0);
};

const bodyPattern = /(?:\d+(?:[.,'’]\d+)*|\.\d+)/y;
const spacedPattern = /\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?![\d/])/y;
const exponentPattern =
  /[eE]([-+]?\d{1,4})(?![\p{L}\d])|\s*[×x*]\s*10\s*(?:\^|\*\*)\s*[({]?\s*([-+]?\d{1,4})\s*[)}]?/uy;
const superscriptPattern = /\s*[×x*]\s*10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})/y;
const overPattern = /\s*\)?\s*[/⁄∕]\s*\(?\s*(\d+(?:[.,]\d+)*)\s*\)?(?![\d./])/y;
const mixedPattern = /\s+\(?(\d+)\)?\s*[/⁄]\s*\(?(\d+)\)?/y;
const percentPattern = /\s*(?:%|％|percent\b|per cent\b)/iy;
const scalePattern = /\s*(?:(thousand|million|billion|trillion)s?(?!\p{L})|([万亿]))/iuy;
const unitPattern = /\s*([\p{L}°Ωµμ][\p{L}°Ωµμ/·^²³\d-]*)/uy;

const scales: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  万: 1e4,
  亿: 1e8,
};

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const currencyBefore = /(?:usd|eur|gbp|rmb|cny|rs|us|[$€£¥₹])\.?\s*$/i;
/** `x - 7` and `3-7` subtract; a minus that only a space parts from a word is the number's: `is -7`. */
const minusBefore = /(?:(?:^|[^\p{L}\d)\s]|[^\p{L}\d)]\s|^\s)-\s?[$€£¥₹]?\s?|\p{L} -[$€£¥₹]?)(?:\(\s?[$€£¥₹]?)?$/u;
const wordBefore = /[\p{L}_^\d]$/u;

const readAt = (text: string, at: number): NumberReading | undefined => {
  const before = text.slice(Math.max(0, at - 6), at);
  if (wordBefore.test(before) && !currencyBefore.test(before)) return undefined;
  const written = (matchAt(spacedPattern, text, at) ?? matchAt(bodyPattern, text, at))?.[0];
  const body = written === undefined ? undefined : readBody(written);
  if (written === undefined || !body) return undefined;
  const sign = minusBefore.test(before) ? -1 : 1;
  return readTail(text, { ...body, sign, start: at, end: at + written.length });
};

type Body = {
  readonly value: number;
  readonly decimals: number;
  readonly significant: number;
  readonly whole: string;
};

const readTail = (
  text: string,
  head: Body & { readonly sign: number; readonly start: number; readonly end: number },
): NumberReading => {
  let { value, decimals, significant, whole, end } = head;
  let lastDigit = 10 ** -decimals;
  const exact = (exactValue: number, length: number): void => {
    [value, lastDigit, significant, decimals, whole] = [exactValue, 0, Number.POSITIVE_INFINITY, 0, ''];
    end += length;
  };
  const mixed = decimals === 0 ? matchAt(mixedPattern, text, end) : null;
  const over = matchAt(overPattern, text, end);
  if (mixed && Number(mixed[2]) > 0) exact(value + Number(mixed[1]) / Number(mixed[2]), mixed[0].length);
  else if (over && Number(over[1]) > 0) exact(value / (readBody(over[1] ?? '')?.value ?? Number.NaN), over[0].length);
  else {
    const power = matchAt(exponentPattern, text, end) ?? matchAt(superscriptPattern, text, end);
    if (power) {
      const exponent = Number(plainSuperscript(power[1] ?? power[2] ?? '0'));
      value = Number(`${value}e${exponent}`);
      lastDigit *= 10 ** exponent;
      whole = '';
      end += power[0].length;
    }
  }
  const scale = matchAt(scalePattern, text, end);
  if (scale) {
    const factor = scales[(scale[1] ?? scale[2] ?? '').toLowerCase()] ?? 1;
    value *= factor;
    lastDigit *= factor;
    whole = '';
    end += scale[0].length;
  }
  const percent = matchAt(percentPattern, text, end);
  end += percent ? percent[0].length : 0;
  const unit = percent ? '' : (matchAt(unitPattern, text, end)?.[1] ?? '');
  const signed = head.sign * value;
  const isPercent = percent !== null;
  return { value: signed, lastDigit, significant, decimals, percent: isPercent, unit, whole, start: head.start, end };
};

const plainSuperscript = (written: string): string =>
  written
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)))
    .replace('⁻', '-')
    .replace('⁺', '+');

/**
 * What separators mean. With both marks the last is the decimal one. One comma before exactly three digits separates
 * thousands (`1,234`), unless the number starts with 0 (`0,125`); any other single comma is a decimal one (`3,14`).
 * One point is always decimal. Several equal marks separate groups, else (a date, a version) it is no number.
 */
const readBody = (written: string): Body | undefined => {
  const bare = written.replace(/['’ ]/g, '');
  const lastComma = bare.lastIndexOf(',');
  const lastPoint = bare.lastIndexOf('.');
  let plain: string;
  if (lastComma >= 0 && lastPoint >= 0) {
    plain = lastPoint > lastComma ? bare.replaceAll(',', '') : bare.replaceAll('.', '').replace(',', '.');
  } else if (lastComma >= 0) {
    plain = /^(?!0)\d{1,3}(?:,\d{2,3})*,\d{3}$/.test(bare) ? bare.replaceAll(',', '') : bare.replace(',', '.');
  } else if (bare.indexOf('.') !== lastPoint) {
    plain = /^\d{1,3}(?:\.\d{3})+$/.test(bare) ? bare.replaceAll('.', '') : bare;
  } else plain = bare;
  const value = Number(plain);
  if (!Number.isFinite(value)) return undefined;
  const point = plain.indexOf('.');
  const significant = plain.replace('.', '').replace(/^0+/, '').length;
  const digits = plain.replace(/^0+(?=\d)/, '');
  return { value, decimals: point < 0 ? 0 : plain.length - point - 1, significant, whole: point < 0 ? digits : '' };
};
