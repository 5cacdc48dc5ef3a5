import 'server-only';
/** Writing rollouts in bulk, by COPY. */
import type { PoolClient } from 'pg';
import { copyRows, encodeArray, encodeField, encodeRow, storableText } from '@/lib/data/copy';
import type { ImportedRollout } from '@/lib/domain/formats/import-record';
import type { Kind } from '@/lib/domain/question';
import type { Stage } from '@/lib/domain/rollout';

/** Where the rollouts of one import belong. */
export type RolloutTarget = {
  readonly projectId: string;
  readonly runId: string;
  readonly iterationId: string;
  readonly questionSetId: string;
  readonly stage: Stage;
  readonly source: string;
};

/** In the order of the encoded row. `kind` is the last: the stored question decides it when the batch is written. */
const ROLLOUT_COLUMNS = [
  'id',
  'project_id',
  'run_id',
  'iteration_id',
  'group_id',
  'question_id',
  'question_set_id',
  'stage',
  'step',
  'sample_index',
  'source',
  'chars',
  'finish_reason',
  'total_tokens',
  'logged_reward',
  'logged_correct',
  'think_tokens',
  'token_source',
  'kind',
] as const;
const TEXT_COLUMNS = [
  'rollout_id',
  'response',
  'rewards',
  'frame_indices',
  'frame_times',
  'frame_height',
  'frame_width',
] as const;

/** What the model was shown, where it is known. */
export type SeenFrames = {
  readonly frameIndices: readonly number[] | null;
  /** Seconds from the start of the clip, one per index. */
  readonly frameTimes?: readonly number[] | null;
  /** Height and width in pixels. */
  readonly frameSize?: readonly [number, number] | null;
};

/** A response to be written: its question and its names are in its ids. `sampleIndex` counts from 0 in its group. */
type NewRollout = Omit<ImportedRollout, 'question' | 'sampleKey' | 'groupKey' | 'frameIndices'> &
  SeenFrames & { readonly sampleIndex?: number };

export type EncodedRollout = {
  readonly id: string;
  /** The row without its kind and line end. */
  readonly row: string;
  readonly textRow: string;
};

const INT_MAX = 2_147_483_647;
const intOrNull = (value: number | null): number | null =>
  value !== null && Number.isSafeInteger(value) && value >= 0 && value <= INT_MAX ? value : null;
/** `real` holds no more than this, and refuses what it could only hold as 0; the very number is kept in `rewards`. */
const realOrNull = (value: number | null): number | null => {
  if (value === null || !(Math.abs(value) < 3e38)) return null;
  return Math.fround(value) === 0 ? 0 : value;
};

/** Encodes one rollout while the batch before it is on its way to the database. */
export const encodeRollout = (
  target: RolloutTarget,
  ids: { readonly id: string; readonly groupId: string; readonly questionId: string },
  rollout: NewRollout,
): EncodedRollout => {
  const response = storableText(rollout.response);
  const thinkTokens = intOrNull(rollout.thinkTokens);
  const rewards = rollout.advantage === null ? rollout.rewards : { ...rollout.rewards, advantage: rollout.advantage };
  const row = encodeRow([
    ids.id,
    target.projectId,
    target.runId,
    target.iterationId,
    ids.groupId,
    ids.questionId,
    target.questionSetId,
    target.stage,
    rollout.step,
    rollout.sampleIndex ?? null,
    target.source,
    response.length,
    rollout.finishReason,
    intOrNull(rollout.totalTokens),
    realOrNull(rollout.loggedReward),
    rollout.loggedCorrect,
    thinkTokens,
    thinkTokens === null ? null : 'trainer',
  ]);
  const textRow = encodeRow([
    ids.id,
    response,
    storableJson(rewards),
    encodeArray(rollout.frameIndices),
    encodeArray(rollout.frameTimes ?? []),
    rollout.frameSize?.[0] ?? null,
    rollout.frameSize?.[1] ?? null,
  ]);
  return { id: ids.id, row: row.slice(0, -1), textRow };
};

// JSON may escape what jsonb refuses: NUL and lone surrogates, which only names of rewards could hold.
const storableJson = (value: Readonly<Record<string, number | null>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(value).map(([name, number]) => [storableText(name), number])));

/** Ids of those rollouts that are stored already. */
export const findKnownRollouts = async (client: PoolClient, ids: readonly string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>('SELECT id FROM rollout WHERE id = ANY($1::uuid[])', [ids]);
  return new Set(rows.map(({ id }) => id));
};

/**
 * Copies rollouts that are known to be new. The caller holds the run's import lock, so that nobody else adds the
 * same ids in between, and is in a transaction.
 */
export const copyRollouts = async (
  client: PoolClient,
  rollouts: readonly { readonly encoded: EncodedRollout; readonly kind: Kind }[],
): Promise<void> => {
  const rows = rollouts.map(({ encoded, kind }) => `${encoded.row}\t${encodeField(kind)}\n`);
  await copyRows(client, 'rollout', ROLLOUT_COLUMNS, rows);
  await copyRows(
    client,
    'rollout_text',
    TEXT_COLUMNS,
    rollouts.map(({ encoded }) => encoded.textRow),
  );
};

export type NewGroup = { readonly id: string; readonly questionId: string; readonly step: number };

/** Adds the groups that are not there yet. */
export const insertGroups = async (
  client: PoolClient,
  { projectId, runId, iterationId, stage }: Omit<RolloutTarget, 'questionSetId' | 'source'>,
  groups: readonly NewGroup[],
): Promise<void> => {
  if (groups.length === 0) return;
  await client.query(
    `INSERT INTO rollout_group (id, project_id, run_id, iteration_id, question_id, stage, step)
     SELECT id, $1, $2, $3, question_id, $4, step FROM unnest($5::uuid[], $6::uuid[], $7::int[]) AS new (id, question_id, step)
     ON CONFLICT (id) DO NOTHING`,
    [
      projectId,
      runId,
      iterationId,
      stage,
      groups.map(({ id }) => id),
      groups.map(({ questionId }) => questionId),
      groups.map(({ step }) => step),
    ],
  );
};
