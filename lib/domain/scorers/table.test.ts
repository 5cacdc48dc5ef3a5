import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportedRollout } from '@/lib/domain/formats/import-record';
import { rollout } from '@/lib/domain/formats/readers/rows';
import type { Prediction } from './prediction';
import { scorerNames, scorers } from './table';
import { settings } from './test-support';
import { videoR1Faults } from './video-r1-faults';

const imported = (truth: string, response: string): ImportedRollout =>
  rollout(
    {
      key: 'k',
      prompt: 'Q',
      kind: 'choice',
      options: ['a cat', 'a dog'],
      truth,
      modality: 'text',
      mediaPath: null,
      split: null,
      source: null,
    },
    response,
  );

const predictionOf = (truth: string, response: string, problemType: string | null): Prediction => ({
  at: 1,
  truth,
  problemType,
  response,
  rollout: imported(truth, response),
});

const piece = fc.oneof(
  fc.constantFrom(
    '<think>',
    '</think>',
    '<answer>',
    '</answer>',
    'A',
    'b.',
    '$',
    '1',
    '.',
    ',',
    ' ',
    'nan',
    'inf',
    '-',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const type = fc.constantFrom(null, 'multiple choice', 'numerical', 'OCR', 'free-form', 'regression', 'other');

describe.each(scorerNames)('%s', (name) => {
  test('any text scores in [0, 1] or not at all', () => {
    const open = [
      scorers[name].open(settings),
      scorers[name].open({ ...settings, vsiBench: true, faults: new Set(videoR1Faults) }),
    ];
    fc.assert(
      fc.property(text, text, type, (truth, response, problemType) =>
        open.every((score) => {
          const row = score(predictionOf(truth, response, problemType));
          return 'score' in row && (row.score === null || (row.score >= 0 && row.score <= 1));
        }),
      ),
      { numRuns: 500 },
    );
  });
});

// What the studio's verifier does with such texts is tested beside it. Bounds are many times what an idle core needs.
describe.each(['veripo-2025', 'video-r1'] as const)('%s reads 5 MB in time', (name) => {
  test.each(['<answer>', '</think>', '<answer></answer>', 'A ', '1', ' ', '$', '.', 'word '])(
    'of %j',
    { timeout: 60_000 },
    (unit) => {
      const score = scorers[name].open({ ...settings, vsiBench: true });
      const long = unit.repeat(5_000_000 / unit.length);
      const started = performance.now();
      for (const response of [long, `<think>${long}</think><answer>${long}</answer>`]) {
        for (const [truth, problemType] of [
          ['A', 'multiple choice'],
          ['10', 'OCR'],
          ['10', 'regression'],
        ] as const) {
          score(predictionOf(truth, response, problemType));
        }
      }
      expect(performance.now() - started).toBeLessThan(6_000);
    },
  );
});
