/** verl's rollout dumps: `{trainer.rollout_data_dir}/{step}.jsonl`, one rollout per line. */
import { z } from 'zod';
import { parseJson } from '@/lib/domain/formats/stream/json-text';
import { engineRollout, hintsOf, rewardColumns } from './engine-row';
import { finite, flag, idText, loggedNumber, rowReader } from './rows';

const rowSchema = z.looseObject({
  input: z.string(),
  output: z.string(),
  gts: z.unknown().optional(),
  score: loggedNumber,
  step: z.unknown().optional(),
  uid: idText.nullish(),
});

/** Rows with `input`, `output`, `gts`, `score`, `step`, and either `uid` or the reward function's extra columns. */
export const readVerlRow = rowReader(rowSchema, (row, at) => {
  const { groupKey, sampleKey } = splitUid(row.uid ?? null);
  const rewards = rewardColumns(row, (name, value) => name !== 'input' && name !== 'output' && isNumber(value));
  return engineRollout(
    {
      step: row.step,
      prompt: row.input,
      response: row.output,
      rewards,
      total: row.score,
      advantage: null,
      correct: flag(row.acc),
      groupKey,
      sampleKey,
      hints: { ...hintsOf(row), ...truthOf(row.gts) },
    },
    at,
  );
});

const isNumber = (value: unknown): boolean => finite(value) !== null;

/**
 * `{sample}_{rollout}_{output}` names one rollout; its group is what stands before the last two underscores (the
 * sample's own name may hold more). Older dumps have the group's uid alone.
 */
const splitUid = (uid: string | null): { groupKey: string | null; sampleKey: string | null } => {
  if (uid === null) return { groupKey: null, sampleKey: null };
  const parts = /^(.+)_\d+_\d+$/s.exec(uid);
  return parts?.[1] === undefined ? { groupKey: uid, sampleKey: null } : { groupKey: parts[1], sampleKey: uid };
};

/** Newer verl dumps the truth alone, so runs put a JSON object there to carry the sample's id along. */
const truthOf = (gts: unknown): ReturnType<typeof hintsOf> => {
  const parsed = typeof gts === 'string' && gts.trimStart().startsWith('{') ? parseJson(gts) : undefined;
  const object = z.record(z.string(), z.unknown()).safeParse(parsed?.ok ? parsed.value : gts);
  if (object.success) return defined(hintsOf(object.data));
  const text = idText.safeParse(Array.isArray(gts) && gts.length === 1 ? gts[0] : gts);
  return text.success ? { solution: text.data } : {};
};

const defined = <T extends object>(object: T): Partial<T> => {
  const copy: Partial<T> = { ...object };
  for (const name in copy) if (copy[name] === undefined) delete copy[name];
  return copy;
};
