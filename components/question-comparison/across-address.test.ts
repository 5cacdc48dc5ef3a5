import { expect, test } from 'vitest';
import { acrossAddress } from './across-address';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const ID = '1c1f5a52-54a2-4f0e-8f4c-0d9c5f3a7a22';
const slices = [1, 2].map((k) => ({ runId: RUN, k, stage: 'grpo' as const }));

test.each([
  ['from a question', {}, ''],
  ['from a group', { slices: slices.slice(0, 1), groupId: ID }, `?slice=${RUN}.1.grpo&group=${ID}`],
  ['from two slices', { slices }, `?slice=${RUN}.1.grpo&slice=${RUN}.2.grpo`],
  [
    'from a list of flips',
    {
      slices,
      scope: { flip: { aspect: 'accuracy', from: 'fails', to: 'holds' }, narrow: { set: [], kind: ['text'] } },
    },
    `?slice=${RUN}.1.grpo&slice=${RUN}.2.grpo&kind=text&flip=wrong-right`,
  ],
] as const)('%s', (_, start, query) => {
  expect(acrossAddress(ID, start)).toBe(`/compare/questions/${ID}${query}`);
});
