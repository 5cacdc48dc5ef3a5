import { expect, test } from 'vitest';
import type { ChartCell, ChartColumn } from './chart-data';
import { toCsv } from './csv';

const columns: readonly ChartColumn[] = [
  { key: 'name', label: 'Stage', format: 'text' },
  { key: 'rate', label: 'Rate', format: 'share' },
  { key: 'length', label: 'Length', unit: 'tokens', format: 'number' },
  { key: 'time', label: 'Time', format: 'seconds' },
  { key: 'rollouts', label: 'Rollouts', format: 'count' },
];
const csvOf = (cells: Readonly<Record<string, ChartCell>>) =>
  toCsv({ columns, rows: [{ key: '1', cells, href: null }] });

test('the head says the units', () => {
  expect(toCsv({ columns, rows: [] })).toBe('Stage,Rate (share of 1),Length (tokens),Time (seconds),Rollouts\r\n');
});

test.each([
  [
    'plain numbers in full',
    { name: 'GRPO 1', rate: 0.155_6, length: 1234.5, time: 60, rollouts: 12_345 },
    'GRPO 1,0.1556,1234.5,60,12345',
  ],
  ['holes', { name: 'GRPO 1', rate: null, length: Number.NaN }, 'GRPO 1,,,,'],
  ['commas', { name: 'a, b' }, '"a, b",,,,'],
  ['quotes', { name: 'the "best" run' }, '"the ""best"" run",,,,'],
  ['line ends', { name: 'two\r\nlines' }, '"two\r\nlines",,,,'],
  ['a formula', { name: '=HYPERLINK("http://x","y")' }, `"'=HYPERLINK(""http://x"",""y"")",,,,`],
  ['a sum', { name: '+1+cmd|x' }, `'+1+cmd|x,,,,`],
  ['an at sign', { name: '@SUM(A1)' }, `'@SUM(A1),,,,`],
  ['a formula in wide characters', { name: '＝1+1' }, `'＝1+1,,,,`],
  ['a formula on a second line', { name: '\n=1' }, `"'\n=1",,,,`],
  ['a tab', { name: '\t=1' }, `'\t=1,,,,`],
  ['a negative number, which is none', { rate: -0.25 }, ',-0.25,,,'],
])('%s', (_name, cells: Readonly<Record<string, ChartCell>>, line) => {
  expect(csvOf(cells).split('\r\n').slice(1).join('\r\n')).toBe(`${line}\r\n`);
});

test('a column that is called like a formula is made plain too', () => {
  expect(toCsv({ columns: [{ key: 'a', label: '=1+1', format: 'text' }], rows: [] })).toBe("'=1+1\r\n");
});
