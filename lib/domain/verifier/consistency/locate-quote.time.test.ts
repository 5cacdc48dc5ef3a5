import { expect, test } from 'vitest';
import { locateQuote } from './locate-quote';

// The bound is many times what an idle core needs: it catches quadratic time, not a busy machine.
test.each(['a', ' ', '"', 'ab', 'A'])(
  'a quote of %j is sought through 5 MB in linear time',
  { timeout: 30_000 },
  (unit) => {
    const began = performance.now();
    locateQuote(unit.repeat(5_000_000 / unit.length), `${unit.repeat(1_500)}b${unit.repeat(400)}`);
    expect(performance.now() - began).toBeLessThan(3_000);
  },
);
