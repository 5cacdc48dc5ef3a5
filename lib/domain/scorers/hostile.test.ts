/** What every scorer keeps to, whatever a file of predictions holds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scorers } from './table';
import { prediction, settings } from './test-support';
import { videoR1Faults } from './video-r1-faults';

const piece = fc.oneof(
  fc.constantFrom('<think>', '</think>', '<answer>', '</answer>', '<ans', 'B', '(C)', ' ', '\n', '$', '.', ',', '_'),
  fc.constantFrom('1e999999', '-1e999999', '1e-999999', '0', '-0', '1/0', '0x1F', 'nan', 'inf', '9^9^9', '1_000', '١٢'),
  fc.constantFrom(
    '𝟗',
    '①',
    '\ud800',
    '\u0000',
    '\u200b',
    '\u202e',
    '\u3000',
    '🎬',
    '\\frac{',
    '\\boxed{',
    '}',
    '[1, 2]',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
const types = ['multiple choice', 'numerical', 'OCR', 'free-form', 'regression', 'math', 'constructor', null] as const;

/** `strict` is the studio's own verifier, which has tests of this sort beside it. */
const published = [scorers['veripo-2025'], scorers['video-r1']];

test('any row has a finite score from 0 to 1, the same one again', () => {
  fc.assert(
    fc.property(
      text,
      text,
      text,
      fc.constantFrom(...types),
      fc.subarray([...videoR1Faults]),
      (thinking, answer, truth, problemType, faults) => {
        const row = prediction(truth, `<think>${thinking}</think><answer>${answer}</answer>`, problemType);
        for (const scorer of published) {
          for (const vsiBench of [true, false]) {
            const own = { ...settings, vsiBench, faults: new Set(faults) };
            const scored = scorer.open(own)(row);
            expect(scorer.open(own)(row)).toEqual(scored);
            if ('refused' in scored || scored.score === null) continue;
            expect(scored.score).toBeGreaterThanOrEqual(0);
            expect(scored.score).toBeLessThanOrEqual(1);
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});

test.each(['1', '1_', '١', '.', '$', ' ', '\u3000', '</think>', '</think> ', '<answer>', '🎬'].map((unit) => [unit]))(
  '1 MB of %j takes a moment',
  (unit) => {
    const answer = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const row = prediction('12', `<think></think><answer>${answer}</answer>`, 'numerical');
    const began = process.threadCpuUsage();
    for (const scorer of published) scorer.open({ ...settings, vsiBench: true })(row);
    const { user, system } = process.threadCpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(2_000);
  },
);
