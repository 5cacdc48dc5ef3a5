import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { readRecords, sourceOf } from '@/lib/domain/formats/read';
import { all, refusalsOf, rolloutsOf } from '@/lib/domain/formats/test-support';

const columns: ColumnSource[] = [
  { name: 'step', data: [3n, 3n, 3n], type: 'INT64' },
  { name: 'prompt', data: ['user\nWho?\nA. x\nB. y\nassistant\n', 'p', 'p'], type: 'STRING' },
  { name: 'completion', data: ['a', 'b', 'a\0'], type: 'STRING' },
  { name: 'accuracy_reward', data: [1, Number.NaN, 0], type: 'DOUBLE' },
  { name: 'format_reward', data: [null, null, null], type: 'DOUBLE', nullable: true },
  { name: 'advantage', data: [0.5, -0.5, 0], type: 'DOUBLE' },
  { name: 'solution', data: ['<answer>B</answer>', '4', '4'], type: 'STRING' },
  { name: 'sample_id', data: ['k1', 'k2', 'k2'], type: 'STRING' },
];

const read = (sources: ColumnSource[], rowGroupSize = 2) =>
  all(readRecords('trl-parquet', sourceOf(new Uint8Array(parquetWriteBuffer({ columnData: sources, rowGroupSize })))));

describe('TRL parquet', () => {
  test('rows over several row groups', async () => {
    const records = await read(columns);
    expect(rolloutsOf(records)).toMatchObject([
      {
        response: 'a',
        step: 3,
        advantage: 0.5,
        rewards: { accuracy_reward: 1, format_reward: null },
        loggedReward: null,
        question: { key: 'k1', prompt: 'Who?', options: ['x', 'y'], truth: 'B', kind: 'choice' },
      },
      {
        response: 'b',
        rewards: { accuracy_reward: null, format_reward: null },
        question: { key: 'k2', truth: '4', kind: 'number' },
      },
    ]);
    expect(Object.keys(rolloutsOf(records)[0]?.rewards ?? {})).toEqual(['accuracy_reward', 'format_reward']);
    expect(refusalsOf(records)).toEqual([expect.stringContaining('3: The response holds a NUL')]);
  });

  test('a table without completions is refused', async () => {
    expect(refusalsOf(await read(columns.filter(({ name }) => name !== 'completion')))).toEqual([
      '1: The table has no column `completion`.',
    ]);
  });

  test.each([
    ['cut at the end', (file: Uint8Array) => file.subarray(0, -20)],
    ['no parquet', () => new TextEncoder().encode('PAR1 but nothing else follows')],
    ['empty', () => new Uint8Array(0)],
  ])('%s: one refusal', async (_name, spoil) => {
    const file = new Uint8Array(parquetWriteBuffer({ columnData: columns }));
    expect(refusalsOf(await all(readRecords('trl-parquet', sourceOf(spoil(file)))))).toEqual([
      expect.stringContaining('1: Not a whole parquet file'),
    ]);
  });

  test('broken pages: the row group is refused', async () => {
    const file = new Uint8Array(parquetWriteBuffer({ columnData: columns }));
    file.fill(0xff, 4, 60);
    const records = await all(readRecords('trl-parquet', sourceOf(file)));
    expect(refusalsOf(records)).toEqual([expect.stringContaining('1: Rows 1 to 3 cannot be read')]);
  });
});
