import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stableEnds } from './axis';

const share = { least: 0, most: 1, span: 0.2 };

test.each([
  ['shares', [0.46, 0.89], share, [0.4, 0.9]],
  ['few shares that hardly differ', [0.5, 0.51], share, [0.4, 0.65]],
  ['near all', [0.97, 0.99], share, [0.85, 1]],
  ['tokens', [30.6, 34.2], { least: 0, span: 5 }, [29, 35]],
  ['long chains', [220, 1_430], { least: 0, span: 5 }, [0, 1_500]],
  ['steps', [0, 29], { least: 0, span: 5 }, [0, 30]],
  ['one value', [7], { least: 0, span: 5 }, [4, 10]],
  ['no value', [], { least: 0, span: 5 }, [0, 3]],
] as const)('%s', (_name, values, bounds, ends) => {
  expect(stableEnds(values, bounds)).toEqual(ends);
});

test('holds all values, and one more inside the ends moves nothing', () => {
  const values = fc.array(fc.double({ min: 0, max: 5_000, noNaN: true }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (some, at) => {
      const bounds = { least: 0, span: 5 };
      const [low, high] = stableEnds(some, bounds);
      expect(low).toBeLessThanOrEqual(Math.min(...some) + 1e-6);
      expect(high).toBeGreaterThanOrEqual(Math.max(...some) - 1e-6);
      const between = Math.min(...some) + at * (Math.max(...some) - Math.min(...some));
      expect(stableEnds([...some, between], bounds)).toEqual([low, high]);
    }),
  );
});
