/**
 * ms-swift's `completions.jsonl`. A line is a table: an object of lists, one entry per rollout
 * (`{"step": ["1", "1"], "prompt": […], "completion": […], "Accuracy": [1.0, NaN], "advantages": […]}`). Megatron
 * calls the step `gen_step`; Megatron on Ray writes one rollout per line instead.
 */
import { z } from 'zod';
import type { ImportRecord } from '@/lib/domain/formats/import-record';
import { engineRollout, hintsOf, isRewardName, rewardColumns, totalOf } from './engine-row';
import { finite, refusal, rowReader, storable } from './rows';

const cell = z.union([z.string(), z.array(z.unknown())]);
const lineSchema = z.looseObject({ prompt: cell, completion: cell });
type Line = z.infer<typeof lineSchema>;
type Row = Readonly<Record<string, unknown>>;

/** One line: a table of rollouts, or one rollout. A table whose columns differ in length is refused as a whole. */
export const readMsSwiftLine = rowReader(lineSchema, (line, at): ImportRecord[] | string => {
  const names = Object.keys(line);
  if (!Array.isArray(line.completion)) {
    return rolloutOf(line, new Set(names.filter((name) => isNumeric([line[name]]))), at);
  }
  const count = line.completion.length;
  const lists = names.filter((name) => Array.isArray(line[name]));
  const uneven = lists.find((name) => column(line, name).length !== count);
  if (uneven !== undefined) {
    const length = column(line, uneven).length;
    return `The columns of the table differ: ${count} completions, but \`${uneven.slice(0, 80)}\` has ${length} entries.`;
  }
  const rewards = new Set(lists.filter((name) => isNumeric(column(line, name))));
  return Array.from(
    { length: count },
    (_, index): Row =>
      Object.fromEntries(names.map((name) => [name, lists.includes(name) ? column(line, name)[index] : line[name]])),
  ).flatMap((row, index) => {
    const records = rolloutOf(row, rewards, at);
    return typeof records === 'string'
      ? [refusal(at, `Row ${index + 1} of the line: ${records}`)]
      : records.map(storable);
  });
});

const column = (line: Line, name: string): readonly unknown[] => {
  const value = line[name];
  return Array.isArray(value) ? value : [];
};

/** Numbers, or null where a reward function gave none (written as NaN). */
const isNumeric = (values: readonly unknown[]): boolean =>
  values.length > 0 && values.every((value) => value === null || finite(value) !== null);

const rolloutOf = (row: Row, rewardNames: ReadonlySet<string>, at: number): ImportRecord[] | string => {
  const { prompt, completion } = row;
  if (typeof prompt !== 'string') return '`prompt` should be of type string.';
  if (typeof completion !== 'string') return '`completion` should be of type string.';
  const rewards = rewardColumns(row, (name) => isRewardName(name) && rewardNames.has(name));
  return engineRollout(
    {
      step: row.step ?? row.gen_step,
      prompt,
      response: completion,
      rewards,
      total: totalOf(rewards),
      advantage: row.advantages ?? row.advantage,
      hints: hintsOf(row),
    },
    at,
  );
};
