/** The fast repetition check against a slow one that says the definition word by word. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureRepetition } from './repetition';
import { tokenize } from './tokens';

const MIN_LOOP_TOKENS = 12;

/** Tokens that lie in an n-gram that occurred before. */
const repeatedByNgram = (words: readonly string[], ngram: number): boolean[] => {
  const marked = words.map(() => false);
  const seen = new Set<string>();
  for (let at = 0; at + ngram <= words.length; at += 1) {
    const gram = words.slice(at, at + ngram).join(' ');
    if (seen.has(gram)) marked.fill(true, at, at + ngram);
    seen.add(gram);
  }
  return marked;
};

/** First token of the second turn of the longest loop at the end; -1 when there is none. */
const loopStart = (words: readonly string[]): number => {
  let best = -1;
  let longest = 0;
  for (let period = 1; period * 3 <= words.length; period += 1) {
    let from = words.length - period;
    while (from > 0 && words[from - 1] === words[from - 1 + period]) from -= 1;
    const length = words.length - from;
    if (length >= 3 * period && length >= MIN_LOOP_TOKENS && length > longest)
      [best, longest] = [from + period, length];
  }
  return best;
};

const oracle = (words: readonly string[], ngram: number) => {
  const marked = repeatedByNgram(words, ngram);
  const whole = loopStart(words);
  // A cut leaves half a word: then the loop may end before it.
  const loop = whole >= 0 ? whole : loopStart(words.slice(0, -1));
  const end = whole >= 0 ? words.length : words.length - 1;
  if (loop >= 0) marked.fill(true, loop, end);
  return { share: words.length === 0 ? 0 : marked.filter(Boolean).length / words.length, loop, end };
};

const word = fc.constantFrom('a', 'b', 'c', 'left', 'right');
/** Random words, a passage that comes again, and perhaps a loop at the end. */
const text = fc
  .tuple(
    fc.array(word, { maxLength: 30 }),
    fc.array(word, { maxLength: 8 }),
    fc.nat(3),
    fc.array(word, { maxLength: 5 }),
    fc.nat(8),
  )
  .map(([start, passage, times, turn, turns]) => [
    ...start,
    ...Array.from({ length: times }, () => passage).flat(),
    ...Array.from({ length: turns }, () => turn).flat(),
  ]);

test('agrees with the definition on words that repeat', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 16 }), (words, ngram) => {
      const joined = words.join(' ');
      const found = measureRepetition(tokenize(joined), ngram);
      const wanted = oracle(words, ngram);
      expect(found.score).toBeCloseTo(wanted.share, 12);
      const start = wanted.loop < 0 ? null : words.slice(0, wanted.loop).join(' ').length + (wanted.loop > 0 ? 1 : 0);
      expect(found.loop?.start ?? null).toBe(start);
      expect(found.loop?.end ?? null).toBe(start === null ? null : words.slice(0, wanted.end).join(' ').length);
    }),
    { numRuns: 1_000 },
  );
});

test('every span quotes words that were there before it', () => {
  fc.assert(
    fc.property(text, (words) => {
      const joined = words.join(' ');
      for (const { start, end } of measureRepetition(tokenize(joined), 3).repeats) {
        const firstWords = joined.slice(start, end).split(' ').slice(0, 3).join(' ');
        expect(joined.slice(0, start + firstWords.length - 1)).toContain(firstWords);
      }
    }),
  );
});

describe('what a policy that falls apart writes', () => {
  const sane = 'The red circle starts at the left edge, passes the middle and ends near the right edge of the picture.';
  test.each([
    ['one letter without end', 'a'.repeat(2_000)],
    ['two letters without end', 'ha'.repeat(1_000)],
    ['five letters without end', 'abcde'.repeat(600)],
    ['digits', '0'.repeat(2_000)],
    ['marks', '!'.repeat(2_000)],
    ['marks with space between', '. '.repeat(1_000)],
    ['a ruler that never ends', '-=-='.repeat(500)],
    ['Thai without spaces', 'วงกลมเคลื่อนที่ไปทางขวา'.repeat(40)],
    ['Khmer without spaces', 'រង្វង់ផ្លាស់ទី'.repeat(40)],
    ['Korean words', '원은 오른쪽으로 움직인다 '.repeat(40)],
    ['emoji', '🎬🎞'.repeat(300)],
  ])('%s is a loop', (_name, noise) => {
    const { score, loop } = measureRepetition(tokenize(`${sane} ${noise}`), 12);
    expect(score).toBeGreaterThan(0.5);
    expect(loop).not.toBeNull();
  });

  test.each([
    ['rulers of a table', `${sane}\n${'-'.repeat(40)}\nred | left\n${'-'.repeat(40)}\nblue | right\n${'-'.repeat(40)}`],
    ['an ellipsis', `${sane} Well...... ......`],
    ['a long word', `${sane} pneumonoultramicroscopicsilicovolcanoconiosis`],
    ['a link', `${sane} https://example.org/a/very/long/path/that/goes/on/and/on?with=queries&and=more`],
  ])('%s is none', (_name, text) => {
    expect(measureRepetition(tokenize(text), 12)).toEqual({ score: 0, repeats: [], loop: null });
  });
});
