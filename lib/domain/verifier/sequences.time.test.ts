import { describe, expect, test } from 'vitest';
import { editDistance, lcsLength } from './sequences';

describe('sequences that no table could hold', () => {
  const count = 300_000;
  const different = (prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const one = different('a');

  test('equal ones are equal to the last word', () => {
    expect(lcsLength(one, [...one])).toBe(count);
    expect(editDistance(one, [...one])).toBe(0);
  });

  test('others are bounded: no better than they are', { timeout: 60_000 }, () => {
    const other = one.toReversed();
    const before = process.memoryUsage.rss();
    expect(lcsLength(one, other)).toBeLessThanOrEqual(1);
    expect(editDistance(one, other)).toBeGreaterThanOrEqual(count - 1);
    expect(process.memoryUsage.rss() - before).toBeLessThan(1_000_000_000);
  });
});
