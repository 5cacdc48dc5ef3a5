import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImportedQuestion, ImportedRollout } from '@/lib/domain/formats/import-record';
import { recordsOf } from '@/lib/domain/formats/test-support';
import { kinds, modalities } from '@/lib/domain/question';
import { finishReasons } from '@/lib/domain/rollout';
import { formatStudioQuestion, formatStudioRollout } from './studio-ndjson';

const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed() && !value.includes('\0'));
const key = text.filter((value) => value !== '' && value.length <= 300);
const count = fc.option(fc.nat());
const number = fc.option(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
);
const name = fc
  .string({ minLength: 1, maxLength: 20 })
  .filter((value) => !['__proto__', 'constructor', 'prototype'].includes(value));

const question: fc.Arbitrary<ImportedQuestion> = fc
  .record({
    key,
    prompt: text,
    kind: fc.constantFrom(...kinds),
    options: fc.array(text, { minLength: 2, maxLength: 6 }),
    truth: text,
    modality: fc.constantFrom(...modalities),
    mediaPath: fc.option(text),
    split: fc.option(text),
    source: fc.option(text),
  })
  .map((made) => (made.kind === 'choice' ? { ...made, truth: 'B' } : { ...made, options: [] }));

const rollout: fc.Arbitrary<ImportedRollout> = fc.record({
  question,
  response: text,
  step: fc.nat(),
  sampleKey: fc.option(key),
  groupKey: fc.option(key),
  finishReason: fc.constantFrom(...finishReasons),
  thinkTokens: count,
  totalTokens: count,
  loggedReward: number,
  loggedCorrect: fc.option(fc.boolean()),
  rewards: fc.dictionary(name, number, { noNullPrototype: true }),
  advantage: number,
  frameIndices: fc.option(fc.array(fc.nat())),
});

test('what is written is read back exactly, as one line', async () => {
  await fc.assert(
    fc.asyncProperty(rollout, async (written) => {
      const file = formatStudioQuestion(written.question) + formatStudioRollout(written);
      expect(await recordsOf('studio-ndjson', file, 64)).toEqual([
        { type: 'question', at: 1, question: written.question },
        { type: 'rollout', at: 2, rollout: written },
      ]);
    }),
    { numRuns: 200 },
  );
});

test('equal rollouts are equal bytes, whatever order their fields came in', () => {
  const [sample] = fc.sample(rollout, 1);
  if (sample === undefined) throw new Error('no sample');
  const shuffled: ImportedRollout = { ...Object.fromEntries(Object.entries(sample).toReversed()), ...sample };
  expect(formatStudioRollout(shuffled)).toBe(formatStudioRollout(sample));
});
