import { describe, expect, test } from 'vitest';
import { groupBySet } from '@/lib/domain/benchmarks/bars';
import { testCell } from '@/lib/domain/benchmarks/test-support';
import { publishedOf } from '@/lib/domain/published/figures';
import { benchmarkBars, benchmarkData, benchmarkSummary } from './benchmark-bars';
import { inconsistencyBars, inconsistencyData, inconsistencySummary } from './inconsistency-bars';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const scope = { runId: RUN, kind: 'choice', by: 'set' } as const;
const cell = testCell({
  rollouts: 20,
  consistent: 9,
  inconsistent: 3,
  undetermined: 4,
  correctedConsistency: 1,
  scored: 4,
  accuracySum: 2,
  accuracySquares: 1.2,
  judged: 4,
  rightConsistent: 1,
});
const earlier = testCell({ k: 0, stage: 'grpo', consistent: 1, inconsistent: 1 });

describe('inconsistency', () => {
  const groups = groupBySet([cell, earlier], (benchmark) => publishedOf(benchmark, 'inconsistency'));
  const bars = inconsistencyBars(groups, scope)[0]?.bars ?? [];

  test('a bar says its rate with what it is counted over, and leads to what it counts', () => {
    expect(bars.map(({ label }) => label).slice(0, 3)).toEqual([
      'GRPO 0: 50.0 %, 1 of 2',
      'Eval 1: 25.0 %, 3 of 12',
      'GRPO 1, published: 15.56 %',
    ]);
    expect(bars[1]).toMatchObject({
      title: 'Eval 1 · videommmu',
      value: 0.25,
      lines: [
        '25.0 % inconsistent: 3 of 12 decided',
        '95 % interval 8.9 % to 53.2 %',
        '25.0 % undetermined: 4 of 16 read',
        '4 not verified yet',
        '1 rollout corrected by people',
      ],
      href: `/rollouts?run=${RUN}&iteration=1&stage=eval&set=${cell.setId}&kind=choice&consistency=inconsistent`,
    });
  });

  test('a published bar is an outline that leads nowhere', () => {
    expect(bars[2]).toMatchObject({ value: 0.1556, outlined: true, href: null });
    expect(bars[2]?.lines).toContain('VerIPO (Li et al., 2025), arXiv:2505.19000, figure 1 (C)');
    expect(bars[1]).not.toHaveProperty('outlined');
  });

  test('by stage, bars are told apart by their sets, and long names leave room', () => {
    const long = testCell({ setName: 'x'.repeat(200) });
    const [group] = inconsistencyBars(groupBySet([long], () => []), { ...scope, by: 'stage' }); // biome-ignore format: one line
    expect(group?.bars[0]?.label).toBe(`${'x'.repeat(25)}…: 0.0 %, 0 of 10`);
  });

  test('where nothing is decided there is no rate', () => {
    const undecided = testCell({ consistent: 0, undetermined: 10 });
    const [group] = inconsistencyBars(groupBySet([undecided], () => []), scope); // biome-ignore format: one line
    expect(group?.bars[0]).toMatchObject({ value: null, label: 'Eval 1: none decided' });
    expect(inconsistencySummary([undecided])).toBe(
      'No rollout is consistent or inconsistent. 100.0 % of those read are undetermined.',
    );
  });

  test('the sentence has the whole, the undetermined, the way and the corrections', () => {
    expect(inconsistencySummary([cell, earlier])).toBe(
      'In 4 of 14 rollouts whose consistency is decided, the thinking concludes otherwise than the answer: 28.6 %, 95 % interval 11.7 % to 54.6 %. 22.2 % of those read are undetermined. videommmu: 50.0 % at GRPO 0, 25.0 % at Eval 1. 1 rollout corrected by people.',
    );
  });

  test('the rows hold the same', () => {
    const { rows } = inconsistencyData(groups, scope);
    expect(rows[1]?.cells).toMatchObject({ rate: 0.25, inconsistent: 3, decided: 12, undetermined: 4, corrected: 1 });
    expect(rows[2]).toMatchObject({ href: null, cells: { rate: 0.1556 } });
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});

describe('accuracy', () => {
  const vsi = { setName: 'vsi_bench', benchmark: 'vsi-bench' } as const;
  const groups = groupBySet([testCell({ ...cell, ...vsi })], (benchmark) => publishedOf(benchmark, 'accuracy'));

  test('a bar is the mean, its mark the strict reading', () => {
    const [own, gemma] = benchmarkBars(groups, scope)[0]?.bars ?? [];
    expect(own).toMatchObject({
      value: 0.5,
      mark: 0.25,
      label: 'Eval 1: 50.0 %, strict 25.0 %',
      lines: [
        '50.0 % mean accuracy reward of 4 rollouts',
        '95 % interval 24.7 % to 75.3 %',
        '25.0 % right and consistent: 1 of 4 with a truth',
        '10 questions asked',
      ],
      href: `/rollouts?run=${RUN}&iteration=1&stage=eval&set=${cell.setId}&kind=choice`,
    });
    expect(gemma).toMatchObject({ value: 0.324, label: 'Gemma3-IT 12B, published: 32.4 %', outlined: true });
    expect(benchmarkData(groups, scope).rows[0]?.cells).toMatchObject({ accuracy: 0.5, scored: 4, strict: 0.25 });
  });

  test('without a truth there is none', () => {
    const none = testCell({ scored: 0, accuracySum: 0, accuracySquares: 0, judged: 0, rightConsistent: 0 });
    const [group] = benchmarkBars(groupBySet([none], () => []), scope); // biome-ignore format: one line
    expect(group?.bars[0]).toMatchObject({ value: null, label: 'Eval 1: no rollout with a truth' });
    expect(benchmarkSummary([none])).toBe('No rollout of an evaluation has an accuracy.');
  });

  test('the sentence names the newest evaluation and the first', () => {
    const first = testCell({ k: 0, accuracySum: 3, accuracySquares: 3, rightConsistent: 2 });
    expect(benchmarkSummary([testCell(), first])).toBe(
      'videommmu: 100.0 % at Eval 1, 30.0 % at Eval 0, over 10 rollouts of 10 questions; 100.0 % are right and consistent.',
    );
  });
});
