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
  fc.constantFrom('\ud800', '\u200b', '\u202e', '\u0000', '，', '🎬', 'the lamp ', '<img onerror=x>', '</script>'),
  fc.string({ unit: anyUnit, maxLength: 8 }),
);
const response = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

test('any text gives measures in range, with evidence inside the text', () => {
  fc.assert(
    fc.property(
      response,
      fc.constantFrom(...kinds),
      fc.constantFrom(...finishReasons),
      fc.array(fc.string({ maxLength: 12 }), { maxLength: 12 }),
      fc.oneof(fc.constantFrom('A', '3.5', ''), fc.string({ maxLength: 12 })),
      (text, kind, finishReason, options, truth) => {
        const question = { kind, prompt: '', options, truth };
        const measures = measure(question, { response: text, finishReason, thinkTokens: null }, settings);
        expect(() => measuresSchema.parse(measures)).not.toThrow();
        for (const { start, end } of measures.evidence) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        decide(measures, kind, settings);
      },
    ),
    { numRuns: 600 },
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
