import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locateQuote } from './locate-quote';

// Any UTF-16 unit: the 'binary' of fast-check takes seconds to set up.
const anyUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

test.each([
  ['to the letter', 'It is blue. So the answer is B. Done.', 'So the answer is B.', 'So the answer is B.'],
  ['space around the quote', 'So the answer is B.', '  So the answer is B.\n', 'So the answer is B.'],
  ['line break for a space', 'So the\n  answer is B.', 'So the answer is B.', 'So the\n  answer is B'],
  ['mark-up left out', 'So the answer is **B**.', 'So the answer is B', 'So the answer is **B'],
  ['curly quotation marks', 'He said “go” to me', 'He said "go" to me', 'He said “go” to me'],
  ['an apostrophe', 'It’s B, I think', "It's B", 'It’s B'],
  ['quotation marks around it', 'So the answer is B.', '"So the answer is B."', 'So the answer is B'],
  ['case', 'So The Answer is b', 'so the answer is B', 'So The Answer is b'],
  ['dots for what was left out', 'Look, so the answer is B.', '…so the answer is B...', 'so the answer is B'],
  ['full-width forms', '答案是Ｂ。', '答案是B', '答案是Ｂ'],
  ['dashes', 'C – no, B', 'C - no, B', 'C – no, B'],
  ['zero-width characters', 'so the an\u200bswer is B', 'so the answer is B', 'so the an\u200bswer is B'],
  ['absent', 'So the answer is B.', 'So the answer is C.', undefined],
  ['empty', 'So the answer is B.', '', undefined],
  ['marks only', 'So "the" ... answer', '"..."', undefined],
  ['longer than the text', 'So B', 'So B, since the car is blue', undefined],
])('%s', (_name, thinking, quote, expected) => {
  const span = locateQuote(thinking, quote);
  expect(span && thinking.slice(span.start, span.end)).toBe(expected);
});

test('of several places the last is meant', () => {
  expect(locateQuote('So B. No, look: So B. Yes.', 'So B')).toEqual({ start: 16, end: 20 });
  expect(locateQuote('so B. No, look: so *B*. Yes.', 'So B')).toEqual({ start: 16, end: 21 });
});

const unit = fc.constantFrom('a', 'B', ' ', '\n', '"', '”', '*', '.', '答', '。', '\ud83c', '\udfac', '\u200b', 'İ');
const text = fc.array(unit, { maxLength: 40 }).map((units) => units.join(''));

test('every slice of a text is found where its letters stand', () => {
  fc.assert(
    fc.property(text, fc.nat(40), fc.nat(40), (thinking, from, length) => {
      const quote = thinking.slice(from, from + length).trim();
      const span = locateQuote(thinking, quote);
      if (quote === '') expect(span).toBeUndefined();
      else expect(span && thinking.slice(span.start, span.end)).toBe(quote);
    }),
  );
});

test('spans lie within the text, whatever is asked for', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: anyUnit })), fc.oneof(text, fc.string()), (thinking, quote) => {
      const span = locateQuote(thinking, quote);
      if (!span) return;
      expect(span.start).toBeLessThan(span.end);
      expect(span.end).toBeLessThanOrEqual(thinking.length);
    }),
  );
});

test.each([
  ['So it is B. So it is B.', 'So it is B.', 'So it is B.', 12],
  ['So **it** is “B”.', 'so it is "b"', 'So **it** is “B', 0],
  ['It’s B', 'its b', 'It’s B', 0],
  ['a   b\n c', 'a b c', 'a   b\n c', 0],
  [' a', '  A', 'a', 1],
  ['x - y', 'X – Y', 'x - y', 0],
  ['ＡＢ', 'ab', 'ＡＢ', 0],
  ['so B', '…so B', 'so B', 0],
  ['so B', '... so B ...', 'so B', 0],
  ['so B', 'so B。', 'so B', 0],
  ['so B', '...', undefined, undefined],
  ['so B', '***', undefined, undefined],
  ['so B', '', undefined, undefined],
  ['12', '１２', '12', 0],
  ['3 + 4', '３ + 4!', undefined, undefined],
  ['aabaab aabaaab', 'AABAAAB', 'aabaaab', 7],
  ['abab abac', 'ABAC', 'abac', 5],
  ['ababab', 'ABAB', 'abab', 2],
  ['aaaa', 'AAA', 'aaa', 1],
  ['abcabcabd', 'ABCABD', 'abcabd', 3],
  ['ab', 'abc', undefined, undefined],
  ['b', 'B', 'b', 0],
  ['*_b', 'B', 'b', 2],
  ['a\u00a0b', 'a b', 'a\u00a0b', 0],
  ['abxabcabxabd', 'ABXABD', 'abxabd', 6],
  ['aabaabaaa', 'AABAAA', 'aabaaa', 3],
  ['x.', 'X...', 'x', 0],
  ['** a', 'A', 'a', 3],
  ['? a', '?', '?', 0],
])('%j: %j', (thinking, quote, found, start) => {
  const span = locateQuote(thinking, quote);
  expect(span && thinking.slice(span.start, span.end)).toBe(found);
  expect(span?.start).toBe(start);
});

test('a quote of up to 4,000 characters is looked for', () => {
  expect(locateQuote('b'.repeat(4_001), 'b'.repeat(4_000))).toEqual({ start: 1, end: 4_001 });
  expect(locateQuote('b'.repeat(4_001), 'b'.repeat(4_001))).toBeUndefined();
});
