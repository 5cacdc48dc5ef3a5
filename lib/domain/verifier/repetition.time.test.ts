import { describe, expect, test } from 'vitest';
import { measureRepetition } from './repetition';
import { tokenize } from './tokens';

describe('50,000 tokens', () => {
  /** Pseudo-random words: the same every time. */
  const words = (count: number, of: number): string => {
    let state = 7;
    return Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return `w${(state >>> 8) % of}`;
    }).join(' ');
  };
  // Idle, each takes 5 to 15 ms; the bound is wide for busy machines, and far below what quadratic time would take.
  test.each([
    ['all different', words(50_000, 1_000_000_000)],
    ['few words', words(50_000, 3)],
    ['one word', 'w '.repeat(50_000)],
    ['a loop of 20,000', `${words(20_000, 1_000)} `.repeat(3).slice(0, -1)],
    ['one letter', 'w'.repeat(1_600_000)],
    ['marks', '?'.repeat(400_000)],
    ['Chinese', '视频中的人走进'.repeat(7_200)],
  ])('%s, in linear time', (_name, text) => {
    const start = performance.now();
    measureRepetition(tokenize(text), 12);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
