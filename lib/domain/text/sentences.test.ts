import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countSentences, splitSentences } from './sentences';

const split = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ['plain', 'First. Second! Third?', ['First.', 'Second!', 'Third?']],
  ['an answer letter ends a sentence', 'So the answer is B. Next one.', ['So the answer is B.', 'Next one.']],
  ['decimals', 'It is 3.5 m. Or 0.25.', ['It is 3.5 m.', 'Or 0.25.']],
  [
    'abbreviations',
    'See e.g. Fig. 2 and Dr. No vs. Bond, i.e. both.',
    ['See e.g. Fig. 2 and Dr. No vs. Bond, i.e. both.'],
  ],
  ['etc. before a small letter', 'cats, dogs, etc. are animals. Yes.', ['cats, dogs, etc. are animals.', 'Yes.']],
  ['etc. at an end', 'cats, dogs, etc. They are animals.', ['cats, dogs, etc.', 'They are animals.']],
  ['numbered list', '1. Look.\n2. Think. Again.\n10. Answer.', ['1. Look.', '2. Think.', 'Again.', '10. Answer.']],
  ['options', 'A. The left one\nB. The right one', ['A. The left one', 'B. The right one']],
  [
    'quotes and brackets',
    'He said "Stop." Then (maybe.) **So.** End',
    ['He said "Stop."', 'Then (maybe.)', '**So.**', 'End'],
  ],
  ['mixed marks', 'Really?! Wait... what? Wait... No.', ['Really?!', 'Wait... what?', 'Wait...', 'No.']],
  ['display formula over lines', 'So \\[\nx = 1.\n\\] holds. Yes.', ['So \\[\nx = 1.\n\\] holds.', 'Yes.']],
  ['inline formula', 'If \\( a. B \\) then. $$c. D$$ and', ['If \\( a. B \\) then.', '$$c. D$$ and']],
  ['a formula that never closes', 'So \\[ x. Then\ny', ['So \\[ x.', 'Then', 'y']],
  ['Chinese', '他说：“好。”然后走了！第3.5秒？是', ['他说：“好。”', '然后走了！', '第3.5秒？', '是']],
  ['blank lines and space', '\n\n  One\r\n\r\n\tTwo  \n', ['One', 'Two']],
  ['file names and links', 'See a.mp4 and x.y.z here', ['See a.mp4 and x.y.z here']],
  ['nothing', ' \n', []],
] as const)('%s', (_name, text, expected) => {
  expect(split(text)).toEqual(expected);
  expect(countSentences(text)).toBe(expected.length);
});

test('sentences are in order, apart, trimmed, and leave only space out', () => {
  const part = fc.constantFrom(
    'a',
    'B',
    '. ',
    '.',
    '\n',
    ' ',
    '1',
    '。',
    '\\[',
    '\\]',
    '$$',
    '"',
    '!',
    'e.g',
    '😀',
    '\\(',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      let end = 0;
      for (const sentence of splitSentences(text)) {
        expect(text.slice(end, sentence.start).trim()).toBe('');
        const inner = text.slice(sentence.start, sentence.end);
        expect(inner).toBe(inner.trim());
        expect(inner).not.toBe('');
        end = sentence.end;
      }
      expect(text.slice(end).trim()).toBe('');
    }),
  );
});

test.each(['a. ', '.', '\\[', '$$', ' ', '\n', '1.', '"', '\\[ x \\]', 'e.g. '])(
  '5 MB of %j take linear time',
  (unit) => {
    const began = performance.now();
    splitSentences(unit.repeat(Math.floor(5_000_000 / unit.length)));
    expect(performance.now() - began).toBeLessThan(8_000);
  },
);
