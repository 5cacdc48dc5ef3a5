import { expect, test } from 'vitest';
import type { MetricPoint } from '@/lib/domain/job';
import { thinPoints } from './thin-points';

const point = (step: number, values: MetricPoint['values']): MetricPoint => ({ phase: 'train', step, values });

test('few points stay as they are', () => {
  const points = [point(1, { loss: 1 }), point(2, { loss: null })];
  expect(thinPoints(points, 2)).toEqual(points);
});

test('many points keep both ends, every peak and every dip, in their order', () => {
  const points = Array.from({ length: 50_000 }, (_, at) =>
    point(at, {
      loss: at === 31_007 ? 900 : at === 123 ? -900 : Math.sin(at / 50),
      reward: at === 31_011 ? 77 : at / 50_000,
      rare: at === 40_000 ? 1 : null,
    }),
  );
  const thin = thinPoints(points, 2_000);
  expect(thin.length).toBeLessThanOrEqual(2_002);
  expect(thin.length).toBeGreaterThan(500);
  expect(thin.at(0)?.step).toBe(0);
  expect(thin.at(-1)?.step).toBe(49_999);
  for (const step of [123, 31_007, 31_011, 40_000]) expect(thin.map((kept) => kept.step)).toContain(step);
  expect(thin.map(({ step }) => step)).toEqual(thin.map(({ step }) => step).toSorted((a, b) => a - b));
  // No stretch of the chart is left empty.
  const gaps = thin.slice(1).map(({ step }, at) => step - (thin[at]?.step ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(50_000 / 100);
});
