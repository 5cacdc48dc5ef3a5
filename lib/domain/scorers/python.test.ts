/** Values from Python 3.11. */
import { describe, expect, test } from 'vitest';
import { pythonFixed2, pythonFloat, pythonRound2 } from './python-number';
import { isCapitals, pythonStrip, pythonWords } from './python-text';
import { pythonStr } from './python-value';

describe('float()', () => {
  test.each([
    ['decimal', '3.50', 3.5],
    ['no digit before the point', '.5', 0.5],
    ['no digit behind it', '5.', 5],
    ['exponent', '+1E-3', 0.001],
    ['space around', ' \t5\u2003', 5],
    ['underscores between digits', '1_0.0_5', 10.05],
    ['Arabic digits', '٣٫٥', undefined],
    ['Arabic digits with an ASCII point', '٣.٥', 3.5],
    ['mathematical digits', '𝟙𝟚', 12],
    ['infinity', '-Infinity', Number.NEGATIVE_INFINITY],
    ['too large', '1e400', Number.POSITIVE_INFINITY],
    ['not a number', 'NaN', Number.NaN],
    ['two underscores', '1__0', undefined],
    ['underscore at the end', '1_', undefined],
    ['underscore at the point', '1_.5', undefined],
    ['point alone', '.', undefined],
    ['nothing', '', undefined],
    ['hexadecimal', '0x10', undefined],
    ['thousands', '1,000', undefined],
    ['space inside', '1 0', undefined],
    ['half', '½', undefined],
    ['NUL', '1\0', undefined],
    ['separator that str.strip takes and float does not', '\u001c1', undefined],
  ])('%s', (_name, text, value) => {
    expect(pythonFloat(text)).toEqual(value);
  });

  test('a long text is read once', () => {
    const started = performance.now();
    expect(pythonFloat(`${'1_'.repeat(2_000_000)}x`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('two decimals', () => {
  test.each([
    ['tie to the even digit below', 0.125, '0.12', 0.12],
    ['tie to the even digit above', 0.375, '0.38', 0.38],
    ['negative tie', -2.625, '-2.62', -2.62],
    ['looks like a tie, is above', 1.115, '1.11', 1.11],
    ['looks like a tie, is below', 2.675, '2.67', 2.67],
    ['percent of 1/32', 3.125, '3.12', 3.12],
    ['whole', 100, '100.00', 100],
  ])('%s', (_name, value, text, rounded) => {
    expect(pythonFixed2(value)).toBe(text);
    expect(pythonRound2(value)).toBe(rounded);
  });

  test.each([[1e300], [Number.POSITIVE_INFINITY], [Number.NaN]])('round(%d, 2) keeps it', (value) => {
    expect(pythonRound2(value)).toBe(value);
  });
});

test.each([
  ['letters', 'AB', true],
  ['mixed case', 'Ab', false],
  ['letters without case beside one with it', 'A中', true],
  ['no letter with a case', '中', false],
  ['title case', 'ǅ', false],
  ['a small letter of another kind', 'Aª', false],
  ['Roman numeral: no letter', 'Ⅷ', false],
  ['digit', 'A1', false],
  ['empty', '', false],
])('isalpha and isupper: %s', (_name, text, wanted) => {
  expect(isCapitals(text)).toBe(wanted);
});

test('white space is Python’s: separators and U+0085 are, the byte order mark is not', () => {
  expect(pythonStrip('\u001c\u0085 B \u3000')).toBe('B');
  expect(pythonStrip('\ufeffB')).toBe('\ufeffB');
  expect(pythonStrip('$$ B$', '$')).toBe(' B');
  expect(pythonWords(' a\u001fb\n\nc ')).toEqual(['a', 'b', 'c']);
  expect(pythonWords(' ')).toEqual([]);
});

test('str() of lists in lists without end is cut, and nothing overflows', () => {
  let nested: unknown = 'B';
  for (let depth = 0; depth < 100_000; depth += 1) nested = depth % 2 === 0 ? [nested] : { a: nested };
  expect(pythonStr(nested).length).toBeLessThan(2_000);
});

test.each([
  ['text', 'A', 'A'],
  ['number', 3.5, '3.5'],
  ['null', null, 'None'],
  ['true', true, 'True'],
  ['list', ['24/7', 3.43], "['24/7', 3.43]"],
  ['quotes', ["it's", 'a "b"', `'"`], `["it's", 'a "b"', '\\'"']`],
  ['object', { a: [1] }, "{'a': [1]}"],
])('str() of a %s', (_name, value, text) => {
  expect(pythonStr(value)).toBe(text);
});
