import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pythonStr } from './python-value';
import { prediction, scoreOne } from './test-support';
import { Totals } from './totals';
import { veripo2025 } from './veripo-2025';

const score = (truth: string, answer: string, vsiBench = false): number | null =>
  scoreOne(veripo2025, prediction(truth, `<think>hm</think><answer>${answer}</answer>`), { vsiBench }).score;

describe('letters', () => {
  test.each([
    ['bare', 'B', 'B', 1],
    ['small', 'B', 'b', 1],
    ['dollars', 'B', '$B$', 1],
    ['quirk: a letter of another option inside a word', 'B', 'B. Cat', 0],
    ['quirk: a word without a to j does no harm', 'B', 'B (truly, my monk)', 1],
    ['quirk: the letter counts inside a word too', 'B', 'umbr', 1],
    ['quirk: letters after J exclude nothing of their own', 'K', 'K, L', 1],
    ['another letter', 'B', 'C', 0],
    ['two letters', 'B', 'A, B', 0],
    ['quirk: a truth of several options is never met', 'AB', 'AB', 0],
    ['quirk: words in capitals count as letters', 'NO', 'No', 1],
    ['nothing', 'B', '', 0],
  ])('%s', (_name, truth, answer, wanted) => {
    expect(score(truth, answer)).toBe(wanted);
  });

  test('the first answer block counts, as far as it closes', () => {
    const row = prediction('B', '<answer>C</answer><answer>B</answer>');
    expect(scoreOne(veripo2025, row).score).toBe(0);
    expect(scoreOne(veripo2025, prediction('B', '<answer>B')).score).toBe(0);
  });
});

describe('VSI-Bench numbers: tenths of ten thresholds', () => {
  test.each([
    ['exact', '10', '10', 1],
    ['5 % above', '10', '10.5', 1],
    ['half', '10', '5', 0.1],
    ['unit behind a space', '10', '10 meters', 1],
    ['unit without a space', '10', '10m', 0],
    ['full stop', '10', '10.', 1],
    ['dollars', '10', '$10$', 1],
    ['quirk: space inside the dollars', '10', '$ 10 $', 0],
    ['quirk: thousands', '1000', '1,000', 0],
    ['quirk: underscores as in Python source', '1000', '1_000', 1],
    ['digits of another script', '3', '３', 1],
    ['quirk: a truth of zero is never met', '0', '0', 0],
    ['quirk: a negative truth is met by every number', '-3', '999', 1],
    ['not a number', '10', 'nan', 0],
    ['words', '10', 'ten', 0],
    ['truth that is no number', 'ten', '10', 0],
  ])('%s', (_name, truth, answer, wanted) => {
    expect(score(truth, answer, true)).toBe(wanted);
  });

  test('they are told by the path of the file, as it was written', () => {
    const row = prediction('10', '<answer>9</answer>');
    expect(scoreOne(veripo2025, row, { path: 'results/vsi_bench_7b.json' })).toMatchObject({ group: 'vsi-bench' });
    expect(scoreOne(veripo2025, row, { path: 'results/vsi.json' })).toMatchObject({ group: 'math', score: 0 });
    expect(scoreOne(veripo2025, row, { vsiBench: true })).toMatchObject({ group: 'vsi-bench' });
  });
});

test('expressions are compared by our rules, and the row says so', () => {
  const row = prediction("['24/7', '3.429', '3.43']", '<think>…</think><answer>24/7</answer>');
  expect(scoreOne(veripo2025, row)).toMatchObject({ score: 1, group: 'math', details: { published: false } });
  const totals = new Totals();
  totals.add(scoreOne(veripo2025, row));
  expect(veripo2025.remark?.(totals.groups)).toMatch(/^1 row was compared by our own rules/);
  expect(veripo2025.remark?.(new Map())).toBeUndefined();
});

const fixtureSchema = z.object({
  rows: z.array(z.object({ truth: z.unknown(), output: z.string(), vsi: z.boolean(), score: z.number() })),
  files: z.array(z.object({ vsi: z.boolean(), acc: z.number(), prints: z.string() })),
});

const fixture = fixtureSchema.parse(JSON.parse(await readFile('fixtures/veripo-2025.json', 'utf8')));
const scored = fixture.rows.map((row) => ({
  ...row,
  ours: scoreOne(veripo2025, prediction(pythonStr(row.truth), row.output), {
    path: row.vsi ? 'vsi_bench.json' : 'predictions.json',
  }),
}));

describe('rows that the published script scored', () => {
  test('every row has the same score, to the last bit', () => {
    expect(scored).toHaveLength(700);
    expect(scored.filter(({ ours, score: theirs }) => ours.score !== theirs)).toEqual([]);
  });

  test.each(fixture.files)('the file prints the same: $prints', ({ vsi, acc, prints }) => {
    const totals = new Totals();
    for (const row of scored) if (row.vsi === vsi) totals.add(row.ours);
    expect(totals.all.sum).toBe(acc);
    expect(veripo2025.prints?.(totals.all)).toBe(prints);
  });
});
