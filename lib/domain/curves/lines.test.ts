import { describe, expect, test } from 'vitest';
import type { Curve, CurvePoint, Curves, CurveTurn } from './curve';
import { hasSteps, linesOf } from './lines';
import { nameLines } from './names';

const [A, B, C] = ['a', 'b', 'c'];
const choice = { smooth: 0, x: 'overlaid', seeds: 'band' } as const;

const point = (from: number, mean: number, n = 4, to = from): CurvePoint => {
  const sums = { n, sum: n * mean, squares: n * mean * mean };
  return { from, to, steps: 1 + to - from, rollouts: n, accuracy: sums, tokens: sums, estimated: 0 };
};
const curve = (runId: string, k: number, points: readonly CurvePoint[], setId: string | null = null): Curve => ({
  runId,
  k,
  stage: 'grpo',
  setId,
  points: [...points],
});
const turn = (k: number, change: Partial<CurveTurn> = {}): CurveTurn => ({
  k,
  seed: 0,
  afterDpo: false,
  family: null,
  sources: [],
  ...change,
});
const run = (id: string, turns: readonly CurveTurn[]) => ({ id, name: `run ${id}`, turns: [...turns] });

describe('lines', () => {
  test('iterations in order, each from its first step or one behind the other', () => {
    const curves = [curve(A, 2, [point(0, 0.5), point(4, 0.7)]), curve(A, 1, [point(0, 0.2), point(9, 0.4)])];
    const runs = [run(A, [turn(1), turn(2)])];
    const xs = (x: 'overlaid' | 'chained') =>
      linesOf({ runs, curves }, 'accuracy', { ...choice, x }).map(({ k, points }) => [k, points.map((one) => one.x)]);
    expect(xs('overlaid')).toEqual([
      [1, [0, 9]],
      [2, [0, 4]],
    ]);
    expect(xs('chained')).toEqual([
      [1, [0, 9]],
      [2, [10, 14]],
    ]);
  });

  test('a joined point stands in the middle of its steps', () => {
    const [line] = linesOf({ runs: [run(A, [turn(1)])], curves: [curve(A, 1, [point(0, 1, 4, 9)])] }, 'tokens', choice);
    expect(line?.points[0]).toMatchObject({ x: 4.5, from: 0, to: 9, raw: 1 });
  });

  test('what nothing counts for is a hole, also in the trend', () => {
    const curves = [curve(A, 1, [point(0, 0.5), point(1, 0, 0), point(2, 1)])];
    const [line] = linesOf({ runs: [run(A, [turn(1)])], curves }, 'accuracy', { ...choice, smooth: 5 });
    expect(line?.points.map(({ raw, trend }) => [raw, trend])).toEqual([
      [0.5, 0.5],
      [null, null],
      [1, 0.75],
    ]);
  });

  test('only two steps make a line', () => {
    expect(hasSteps([curve(A, 1, [point(0, 1)]), curve(B, 1, [point(0, 1)])])).toBe(false);
    expect(hasSteps([curve(A, 1, [point(0, 1), point(1, 1)])])).toBe(true);
  });
});

describe('seeds', () => {
  const seeded = (ids: readonly string[], values: readonly (readonly number[])[]) => ({
    runs: ids.map((id, seed) => run(id, [turn(1, { seed, family: 0 })])),
    curves: ids.map((id, at) =>
      curve(
        id,
        1,
        (values[at] ?? []).map((value, step) => point(step, value)),
      ),
    ),
  });

  test('two are one line between them', () => {
    const [line, ...more] = linesOf(seeded([A, B], [[0.2, 0.4], [0.4, 0.8]]), 'accuracy', choice); // biome-ignore format: a table
    expect(more).toEqual([]);
    expect(line?.runIds).toEqual([A, B]);
    expect(line?.points.map(({ trend }) => trend)).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.6, 12)]);
    expect(line?.points[1]?.band).toEqual({ low: expect.closeTo(0.4, 12), high: expect.closeTo(0.8, 12) });
  });

  test('three have the interval of Student’s t', () => {
    const [line] = linesOf(seeded([A, B, C], [[0.4], [0.5], [0.6]]), 'accuracy', choice);
    // s = 0.1, so 0.5 ± 4.3027 · 0.1 / √3.
    expect(line?.points[0]?.band).toEqual({ low: expect.closeTo(0.2516, 4), high: expect.closeTo(0.7484, 4) });
  });

  test('a step that one has not come to is the mean of the others', () => {
    const [line] = linesOf(seeded([A, B, C], [[0.4, 0.6], [0.4, 0.8], [0.4]]), 'accuracy', choice); // biome-ignore format: a table
    expect(line?.points[1]).toMatchObject({ trend: 0.7, band: { low: 0.6, high: 0.8 } });
    expect(line?.points[1]?.members.map(({ seed }) => seed)).toEqual([0, 1]);
  });

  test('one alone has no band', () => {
    const [line] = linesOf(seeded([A, B], [[0.4, 0.6], [0.4]]), 'accuracy', choice); // biome-ignore format: a table
    expect(line?.points[1]).toMatchObject({ trend: 0.6, band: null });
  });

  test('are smoothed before they are joined: no seed weighs more by having more rollouts', () => {
    const runs = [A, B].map((id, seed) => run(id, [turn(1, { seed, family: 0 })]));
    const curves = [curve(A, 1, [point(0, 0, 100), point(1, 1, 100)]), curve(B, 1, [point(0, 1, 2), point(1, 1, 2)])];
    const [line] = linesOf({ runs, curves }, 'accuracy', { ...choice, smooth: 5 });
    expect(line?.points[1]?.trend).toBeCloseTo((0.5 + 1) / 2, 12);
  });

  test('each is a line of its own when asked, and where they are no family', () => {
    const world = seeded([A, B], [[0.2], [0.4]]);
    expect(linesOf(world, 'accuracy', { ...choice, seeds: 'lines' }).map(({ runIds }) => runIds)).toEqual([[A], [B]]);
    const strangers = { ...world, runs: [run(A, [turn(1)]), run(B, [turn(1)])] };
    expect(linesOf(strangers, 'accuracy', choice).map(({ runIds }) => runIds)).toEqual([[A], [B]]);
  });

  test('sets are not mixed', () => {
    const runs = [A, B].map((id, seed) => run(id, [turn(1, { seed, family: 0 })]));
    const curves = [A, B].flatMap((id) => ['s', 't'].map((set) => curve(id, 1, [point(0, 1)], set)));
    expect(linesOf({ runs, curves }, 'accuracy', choice).map(({ setId, runIds }) => [setId, runIds])).toEqual([
      ['s', [A, B]],
      ['t', [A, B]],
    ]);
  });
});

describe('names', () => {
  const namesOf = (world: Pick<Curves, 'runs' | 'curves'>, sets: Curves['sets'] = []) =>
    [...nameLines(linesOf(world, 'accuracy', choice), { runs: world.runs, sets }).values()].map(
      ({ name, short }) => `${name} | ${short}`,
    );
  const dots = [point(0, 1)];

  test('say what DPO did before, and nothing where there was nothing to say', () => {
    const runs = [run(A, [turn(1), turn(2, { afterDpo: true })])];
    expect(namesOf({ runs, curves: [curve(A, 1, dots), curve(A, 2, dots)] })).toEqual([
      'GRPO 1 | GRPO 1',
      'GRPO 2, after DPO | GRPO 2, after DPO',
    ]);
  });

  test('two runs: with and without DPO; the run only where that does not tell them apart', () => {
    const runs = [run(A, [turn(1), turn(2, { afterDpo: true })]), run(B, [turn(1), turn(2)])];
    const curves = [A, B].flatMap((id) => [1, 2].map((k) => curve(id, k, dots)));
    expect(namesOf({ runs, curves })).toEqual([
      'GRPO 1 · run a | GRPO 1 · run a',
      'GRPO 2, after DPO · run a | GRPO 2, after DPO',
      'GRPO 1 · run b | GRPO 1 · run b',
      'GRPO 2, without DPO · run b | GRPO 2, without DPO',
    ]);
  });

  test('imported rollouts: nobody knows', () => {
    const runs = [run(A, [turn(1, { seed: null, afterDpo: null }), turn(2, { seed: null, afterDpo: null })])];
    expect(namesOf({ runs, curves: [curve(A, 2, dots)] })).toEqual(['GRPO 2 | GRPO 2']);
  });

  test('seeds and sets', () => {
    const runs = [A, B].map((id, seed) => run(id, [turn(1, { seed, family: 0 })]));
    const curves = [A, B].map((id) => curve(id, 1, dots, 's'));
    expect(namesOf({ runs, curves }, [{ id: 's', name: 'A set with a name without end' }])).toEqual([
      'GRPO 1 · mean of 2 seeds · A set with a name without end | GRPO 1 · A set with a name…',
    ]);
  });
});
