/** What holds for any text, whatever a model or an attacker writes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kinds } from '@/lib/domain/question';
import { finishReasons } from '@/lib/domain/rollout';
import { measuresSchema } from '@/lib/domain/verdict';
import { decide } from './decide';
import { measure } from './measure';
import { prepareQuestion } from './prepared-question';
import { defaultVerifierSettings as settings } from './settings';

// Any UTF-16 unit: the 'binary' of fast-check takes seconds to set up.
const anyUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

const piece = fc.oneof(
  fc.constantFrom('<think>', '</think>', '<answer>', '</answer>', '<thi', '</', '\\boxed{', '}', '\\frac{', '(', ')'),
  fc.constantFrom(
    'so the answer is ',
    'Option ',
    'A',
    'B. ',
    'wait, ',
    'not ',
    '答案是',
    '3.5',
    '1,234',
    ' ',
    '\n',
    '. ',
  ),
  fc.constantFrom(
    '\ud800',
    '\u200b',
    '\u202e',
    '\u0000',
    '\u0301',
    'ﷺ',
    '，',
    '🎬',
    'the lamp ',
    '<img onerror=x>',
    '</script>',
  ),
  fc.constantFrom(
    '9^9^9',
    '1e999999',
    '-0',
    '1/0',
    '0x1F',
    '٣',
    '𝟗',
    '①',
    '½',
    '\\pm ',
    '\\{',
    '\\}',
    '\\int_0^1 x dx',
    'constructor',
  ),
  fc.string({ unit: anyUnit, maxLength: 8 }),
);
/** Questions are imported: their options and truths are anything, too. */
const option = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 12 }) },
  fc.constantFrom('', 'the lamp', 'B', '12'),
  piece,
);
const response = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

test('any text gives measures in range, with evidence inside the text', () => {
  fc.assert(
    fc.property(
      response,
      fc.constantFrom(...kinds),
      fc.constantFrom(...finishReasons),
      fc.array(option, { maxLength: 28 }),
      fc.oneof(fc.constantFrom('A', 'A, C', '3.5', '[1, 2]', ''), option, response),
      (text, kind, finishReason, options, truth) => {
        const question = { kind, prompt: '', options, truth };
        const measures = measure(question, { response: text, finishReason, thinkTokens: null }, settings);
        expect(() => measuresSchema.parse(measures)).not.toThrow();
        for (const score of [measures.accuracy ?? 0, measures.repetition, measures.thinkTokens]) {
          expect(Number.isFinite(score) && !Object.is(score, -0)).toBe(true);
        }
        for (const { check, role, start, end } of measures.evidence) {
          if (check === 'accuracy' && role === 'answer') expect(text.slice(start, end)).toBe(measures.answer);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        decide(measures, kind, settings);
      },
    ),
    { numRuns: 1_500 },
  );
});

test('the same input gives the same measures: no state is kept between calls', () => {
  fc.assert(
    fc.property(response, response, (text, other) => {
      const question = prepareQuestion({ kind: 'choice', prompt: '', options: ['a', 'b'], truth: 'A' });
      const sample = { response: text, finishReason: 'unknown', thinkTokens: null } as const;
      const first = measure(question, sample, settings);
      measure(question, { ...sample, response: other }, settings);
      expect(measure(question, sample, settings)).toEqual(first);
    }),
  );
});
