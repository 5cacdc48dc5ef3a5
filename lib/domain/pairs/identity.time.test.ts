import { expect, test } from 'vitest';
import { textHash } from './identity';

test('200,000 near-equal texts have distinct hashes', () => {
  const hashes = new Set(Array.from({ length: 200_000 }, (_, at) => textHash(`sample ${at}`)));
  expect(hashes.size).toBe(200_000);
});

test('each half of the hash is free of collisions too', () => {
  for (const [from, to] of [
    [0, 16],
    [16, 32],
  ] as const) {
    const halves = new Set(Array.from({ length: 200_000 }, (_, at) => textHash(`${at * 7919}`).slice(from, to)));
    expect(halves.size).toBe(200_000);
  }
});
