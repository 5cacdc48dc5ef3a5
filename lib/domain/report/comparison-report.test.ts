import { expect, test } from 'vitest';
import { formatChange, formatMetric, metricTexts } from '@/lib/domain/comparison/metric-text';
import { forEachMetric, type Metric, metrics } from '@/lib/domain/comparison/metrics';
import type { Changes, ComparedSlice, Comparison, Difference } from '@/lib/domain/comparison/schema';
import { wholeSlices } from '@/lib/domain/slices/narrow';
import { type ComparisonReportInput, comparisonReport } from './comparison-report';
import { metricDefinitions } from './definitions';
import { escapeHtml } from './html';

const [runId, otherRun, iterationId, setId, questionId] = [1, 2, 3, 4, 5].map(
  (digit) => `00000000-0000-4000-8000-00000000000${digit}`,
) as [string, string, string, string, string];

/** Different in every place, so that a figure in a wrong cell is found. */
const valueAt = (metric: Metric, slice: number): number => {
  const place = metrics.indexOf(metric) + 1;
  if (metric === 'tokens') return 100.4 + 11 * slice;
  return metric === 'reward' ? 1.123 + slice / 10 : place / 20 + slice / 7;
};

const sliceOf = (k: number, over: Partial<ComparedSlice> = {}): ComparedSlice => ({
  runId,
  runName: 'shapes',
  k,
  stage: 'eval',
  iterationId,
  rollouts: 640 + k,
  estimated: 0,
  figures: forEachMetric((metric) => {
    const value = valueAt(metric, k);
    return { value, low: value - 0.031, high: value + 0.032, n: 1600 + k, count: 800 + k };
  }),
  ...over,
});

const differenceOf = (metric: Metric, k: number): Difference => {
  const difference = valueAt(metric, k) - valueAt(metric, 0);
  return {
    base: valueAt(metric, 0),
    other: valueAt(metric, k),
    interval: { difference, low: difference - 0.011, high: difference + 0.012 },
  };
};

const comparison: Comparison = {
  slices: [sliceOf(0), sliceOf(2)],
  settings: [
    {
      key: 'verifier',
      group: 'Run',
      label: 'Verifier version',
      values: ['version 2, strict', 'version 2, strict'],
      differs: false,
    },
    { key: 'start', group: 'Iteration', label: 'Start weights', values: ['base', 'DPO of 1'], differs: true },
  ],
};

const changes: Changes = {
  resamples: 2_000,
  seed: 20_251,
  sides: [
    {
      pairing: { paired: true, shared: 160, base: 160, other: 160 },
      differences: forEachMetric((metric) => differenceOf(metric, 2)),
      flips: {
        accuracy: {
          counts: [
            { from: 'holds', to: 'fails', questions: 7 },
            { from: 'fails', to: 'holds', questions: 41 },
            { from: 'holds', to: 'holds', questions: 112 },
          ],
          p: 0.0000012,
        },
        consistency: { counts: [{ from: 'holds', to: 'holds', questions: 160 }], p: 1 },
      },
      cells: [
        {
          setId,
          set: 'held-out',
          kind: 'choice',
          pairing: { paired: true, shared: 159, base: 160, other: 160 },
          accuracy: differenceOf('accuracy', 2),
          inconsistent: differenceOf('inconsistent', 2),
        },
      ],
    },
  ],
};

const input: ComparisonReportInput = {
  comparison,
  changes,
  narrow: wholeSlices,
  charts: [
    {
      title: 'Differences',
      summary: 'Accuracy better.',
      notes: ['A note.'],
      svg: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" role="img">\n<title>Differences</title>\n<rect width="9" height="9" fill="#ffffff"/>\n</svg>\n',
    },
  ],
  flipped: [
    [
      {
        asked: { aspect: 'accuracy', from: 'holds', to: 'fails' },
        questions: [
          {
            questionId,
            prompt: 'Which way?',
            kind: 'choice',
            set: 'held-out',
            base: { holds: 4, of: 4 },
            other: { holds: 1, of: 4 },
          },
        ],
      },
    ],
  ],
  address: 'https://studio.example/compare?slice=a&slice=b',
  madeAt: '2026-03-01T10:20:30.123Z',
};

/** Texts of the cells of each row of the first table below a heading. */
const rowsBelow = (document: string, heading: string): string[][] => {
  const table = document.split(heading)[1]?.split('</table>')[0] ?? '';
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, ' ').trim()),
  );
};

test('figures and differences stand in their own cells, as on screen', () => {
  const [, ...rows] = rowsBelow(comparisonReport(input), '<h2>Metrics</h2>');
  expect(rows).toHaveLength(metrics.length);
  for (const [at, metric] of metrics.entries()) {
    const [head, base, other] = rows[at] ?? [];
    const change = changes.sides[0]?.differences[metric].interval;
    expect(head).toContain(metricTexts[metric].label);
    expect(base).toContain(formatMetric(metric, valueAt(metric, 0)));
    expect(base).toMatch(
      metric === 'accuracy' || metric === 'tokens' || metric === 'reward' ? /n = 1,600/ : /800 \/ 1,600/,
    );
    expect(other).toContain(formatMetric(metric, valueAt(metric, 2)));
    expect(other).toContain(formatChange(metric, change?.difference ?? Number.NaN));
    expect(other).toContain(
      `${formatChange(metric, change?.low ?? Number.NaN)} to ${formatChange(metric, change?.high ?? Number.NaN)}`,
    );
  }
});

test('it says what it is, what it was made with, and what every metric means', () => {
  const document = comparisonReport(input);
  expect(document).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
  expect(document).toContain('<title>Eval 2 against Eval 0, shapes</title>');
  for (const text of [
    '2026-03-01 10:20 UTC',
    'version 2, strict',
    'all question sets and kinds',
    '2,000 draws with seed 20251',
    '7 right → wrong',
    '41 questions wrong → right',
    'p &lt; 0.001',
    'right → wrong: 1 of 7, those that moved most',
    '4 of 4 right',
    'DPO of 1',
    ...metrics.map((metric) => metricDefinitions[metric].formula),
  ])
    expect(document).toContain(text);
});

test('nothing runs, nothing is loaded, and the only address is the text of the view’s own', () => {
  const document = comparisonReport(input);
  expect(document).not.toMatch(/<script|<link|<iframe|<img|<object| on\w+=|javascript:|@import|var\(|url\((?!#)/i);
  expect(document).not.toMatch(/ (?:href|src|action|xmlns)=/);
  expect(document.match(/https?:\/\/[^<\s]*/g)).toEqual([escapeHtml(input.address)]);
});

const hostile = '</title></style></p><script>alert("x")</script><img src=x onerror=\'y\'> & \u0000\u202e`';

test.each([
  [
    'a run',
    { comparison: { ...comparison, slices: comparison.slices.map((slice) => ({ ...slice, runName: hostile })) } },
  ],
  [
    'runs side by side',
    { comparison: { ...comparison, slices: [sliceOf(0), sliceOf(2, { runId: otherRun, runName: hostile })] } },
  ],
  [
    'a setting',
    {
      comparison: {
        ...comparison,
        settings: [
          { key: 'verifier', group: hostile, label: hostile, values: [hostile, hostile], differs: false },
          { key: 'x', group: hostile, label: hostile, values: [hostile, null], differs: true },
        ],
      },
    },
  ],
  [
    'a question set',
    {
      changes: {
        ...changes,
        sides: changes.sides.map((side) => ({ ...side, cells: side.cells.map((cell) => ({ ...cell, set: hostile })) })),
      },
      narrow: { set: [setId], kind: [] },
    },
  ],
  [
    'a question',
    {
      flipped: input.flipped.map((lists) =>
        lists.map((list) => ({
          ...list,
          questions: list.questions.map((one) => ({ ...one, prompt: hostile, set: hostile })),
        })),
      ),
    },
  ],
  [
    'a chart’s words',
    { charts: input.charts.map((chart) => ({ ...chart, title: hostile, summary: hostile, notes: [hostile] })) },
  ],
  ['the address', { address: hostile }],
] satisfies [string, Partial<ComparisonReportInput>][])('what %s is called stays text', (_name, part) => {
  const document = comparisonReport({ ...input, ...part });
  expect(document).toContain('&lt;script&gt;alert(&quot;x&quot;)');
  expect(document).not.toContain('<script');
  expect(document).not.toContain('<img');
  const tags = (text: string) => new Set(text.match(/<\/?[a-z][a-z0-9]*/gi));
  expect([...tags(document)].filter((tag) => !tags(comparisonReport(input)).has(tag))).toEqual([]);
});

test.each([
  [
    'no interval',
    { differences: forEachMetric(() => ({ base: null, other: null, interval: null })) },
    'nothing to compare',
  ],
  ['no question in common', { pairing: { paired: false, shared: 0, base: 9, other: 8 } }, 'so nothing can flip'],
  ['no cell', { cells: [] }, 'the worst change'],
] as const)('%s', (name, part, text) => {
  const sides = changes.sides.map((side) => ({ ...side, ...part, cells: name === 'no cell' ? [] : side.cells }));
  const document = comparisonReport({ ...input, changes: { ...changes, sides }, flipped: [] });
  if (name === 'no cell') expect(document).not.toContain(text);
  else expect(document).toContain(text);
});

test('many slices lie across the sheet, and each has its own column and part', () => {
  const many = [0, 1, 2, 3, 4].map((k) => sliceOf(k));
  const sides = many.slice(1).flatMap(() => changes.sides);
  const document = comparisonReport({
    ...input,
    comparison: { ...comparison, slices: many },
    changes: { ...changes, sides },
  });
  expect(document).toContain('size:A4 landscape');
  expect(comparisonReport(input)).toContain('size:A4;');
  expect(document.match(/question by question<\/h2>/g)).toHaveLength(4);
});
