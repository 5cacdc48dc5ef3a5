import { expect, test } from 'vitest';
import { type Making, settingRows } from './setting-rows';

const imported: Making = {
  baseCheckpoint: null,
  verifier: 'version 1, Default',
  sampler: null,
  recipe: {},
  questionSets: ['held-out'],
  startWeights: null,
  trainer: null,
  device: null,
  pairSet: null,
  plan: null,
};
const names = new Map<string, string>();

test('what nobody knows of any slice is no row', () => {
  expect(settingRows([imported, imported], names).map(({ label }) => label)).toEqual([
    'Verifier version',
    'Question sets',
  ]);
});

test('nested settings become one row each, in their group', () => {
  const sampler = { kind: 'uniform', frames: { count: 16 }, none: null };
  const rows = settingRows([imported, { ...imported, sampler }], names).filter(
    ({ group }) => group === 'Frame sampler',
  );
  expect(rows.map(({ label, values, differs }) => [label, values, differs])).toEqual([
    ['kind', [null, 'uniform'], true],
    ['frames.count', [null, '16'], true],
  ]);
});

test('values are compared whole and shown cut, and hostile depth ends', () => {
  const long = 'x'.repeat(1_000);
  const [row] = settingRows(
    [
      { ...imported, baseCheckpoint: `${long}a` },
      { ...imported, baseCheckpoint: `${long}b` },
    ],
    names,
  );
  expect(row?.differs).toBe(true);
  expect(row?.values[0]?.length).toBeLessThan(310);
  let deep: unknown = 1;
  for (let at = 0; at < 5_000; at += 1) deep = { deep };
  expect(settingRows([{ ...imported, recipe: deep }], names).some(({ group }) => group === 'Recipe')).toBe(false);
});
