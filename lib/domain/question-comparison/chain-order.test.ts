import { expect, test } from 'vitest';
import { orderChains } from './chain-order';

const chains = [
  { position: 1, thinkTokens: 40, reward: 0.5 },
  { position: 2, thinkTokens: null, reward: 1.5 },
  { position: 3, thinkTokens: 90, reward: null },
  { position: 4, thinkTokens: 40, reward: 1.5 },
];

test.each([
  ['sample', [1, 2, 3, 4]],
  ['length', [3, 1, 4, 2]],
  ['reward', [2, 4, 1, 3]],
] as const)('by %s', (order, positions) => {
  expect(orderChains(chains.toReversed(), order).map(({ position }) => position)).toEqual(positions);
});
