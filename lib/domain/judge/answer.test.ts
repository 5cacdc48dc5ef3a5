import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerJsonSchema, parseJudgeAnswer, withoutSlips } from './answer';

test.each([
  ['plain JSON', '{"quote":"So B.","conclusion":"B"}', 'B', 'So B.'],
  ['in a fence', '```json\n{"conclusion": "B", "quote": "So B."}\n```', 'B', 'So B.'],
  ['in prose', 'Here you are: {"conclusion":"B","quote":"So B."}. Good luck!', 'B', 'So B.'],
  ['behind a thinking', '<think>{"a": {1}} hm</think>{"conclusion":"B","quote":"So B."}', 'B', 'So B.'],
  ['the last of two', '{"conclusion":"A","quote":"x"} no, {"conclusion":"B","quote":"So B."}', 'B', 'So B.'],
  ['inside another object', '{"answer": {"conclusion":"B","quote":"So B."}}', 'B', 'So B.'],
  ['braces in the quote', '{"conclusion":"B","quote":"So {B}."}', 'B', 'So {B}.'],
  ['more than was asked for', '{"conclusion":"B","quote":"So B.","confidence":0.9}', 'B', 'So B.'],
  ['a number', '{"conclusion":3.5,"quote":"It is 3.5."}', '3.5', 'It is 3.5.'],
  ['no quote', '{"conclusion":"B"}', 'B', null],
  ['LaTeX as it is', '{"conclusion":"\\(x\\)","quote":"So \\(x\\)."}', '\\(x\\)', 'So \\(x\\).'],
  [
    'LaTeX that JSON takes for an escape',
    '{"conclusion":"\\frac{1}{2}","quote":"So \\\\frac{1}{2}."}',
    '\\frac{1}{2}',
    'So \\frac{1}{2}.',
  ],
])('%s is a conclusion', (_name, raw, concluded, quote) => {
  expect(parseJudgeAnswer(raw)).toEqual({ state: 'concluded', concluded, quote, raw });
});

test.each([
  ['null', '{"conclusion":null,"quote":""}'],
  ['an empty text', '{"conclusion":" ","quote":""}'],
])('%s is open', (_name, raw) => {
  expect(parseJudgeAnswer(raw)).toMatchObject({ state: 'open', concluded: null, raw });
});

test.each([
  ['nothing', ''],
  ['prose', 'The reasoning concludes B.'],
  ['half an object', '{"conclusion":"B'],
  ['another object', '{"answer":"B"}'],
  ['a list', '["B"]'],
  ['a list for a conclusion', '{"conclusion":["A","B"],"quote":""}'],
])('%s is malformed, and kept', (_name, raw) => {
  expect(parseJudgeAnswer(raw)).toEqual({ state: 'malformed', concluded: null, quote: null, raw });
});

test.each([
  ['prose full of LaTeX', '\\frac{1}{2} '.repeat(200)],
  ['more prose than is kept', 'The reasoning goes on. '.repeat(2_000)],
  ['another answer, and much between them', `{"conclusion":"A","quote":""} ${'{x} '.repeat(500)}`],
])('the answer behind %s counts', (_name, before) => {
  const { concluded, raw } = parseJudgeAnswer(`${before}{"quote":"So B.","conclusion":"B"}`);
  expect([concluded, raw.length <= 16_000]).toEqual(['B', true]);
});

test('what a database cannot hold is replaced, what is too long is cut', () => {
  const { raw, quote } = parseJudgeAnswer('{"conclusion":"B","quote":"\\u0000 \\ud800"}\0\ud800');
  expect([raw, quote].every((text) => text?.isWellFormed() && !text.includes('\0'))).toBe(true);
  expect(parseJudgeAnswer('x'.repeat(1_000_000)).raw).toHaveLength(16_000);
});

test('any text is read, in time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => parseJudgeAnswer(text).raw.length <= 16_000),
  );
  for (const hostile of [
    '{'.repeat(1_000_000),
    '{"'.repeat(500_000),
    '\\'.repeat(1_000_000),
    '{"a":'.repeat(200_000),
  ]) {
    const began = performance.now();
    expect(parseJudgeAnswer(hostile).state).toBe('malformed');
    expect(performance.now() - began).toBeLessThan(1_000);
  }
});

test('slips of the pen become LaTeX again, line breaks between words do not come to harm', () => {
  expect(withoutSlips('\frac{1}{2} \times 3')).toBe('\\frac{1}{2} \\times 3');
  expect(withoutSlips('one.\n\nTwo')).toBe('one.\n\nTwo');
});

test('the form holds a choice to its letters', () => {
  expect(answerJsonSchema({ kind: 'choice', options: ['x', 'y'] }).properties.conclusion).toEqual({
    type: ['string', 'null'],
    enum: ['A', 'B', null],
  });
  expect(answerJsonSchema({ kind: 'number', options: [] }).properties.conclusion).not.toHaveProperty('enum');
});
