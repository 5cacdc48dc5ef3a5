import 'server-only';
/** Rollouts of a trainer on their way into the database: only of the job's own questions, and each sample once. */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import {
  copyRollouts,
  type EncodedRollout,
  encodeRollout,
  findKnownRollouts,
  insertGroups,
  type NewGroup,
  type SeenFrames,
} from '@/lib/data/rollouts/write';
import { groupId, sampleIdentity } from '@/lib/domain/formats/identity';
import type { JobStage } from '@/lib/domain/job';
import { fitsInt } from '@/lib/domain/loop/job-progress';
import { type Kind, kindSchema } from '@/lib/domain/question';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import { storableValues } from './storable';

export type RolloutEvent = Extract<TrainerEvent, { type: 'rollout' }>;
export type JobPlace = {
  readonly id: string;
  readonly projectId: string;
  readonly runId: string;
  readonly iterationId: string;
  readonly stage: JobStage;
};

const questionRow = z.object({ id: z.uuid(), kind: kindSchema, question_set_id: z.uuid() });
type Asked = { readonly kind: Kind; readonly questionSetId: string };

const isUuid = (id: string): boolean => z.guid().safeParse(id).success;

/** Those of `ids` that are questions of this job, in its own project. */
export const findAsked = async (
  client: PoolClient,
  job: JobPlace,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Asked>> => {
  const wanted = [...new Set(ids)].filter(isUuid);
  if (wanted.length === 0) return new Map();
  const { rows } = await client.query(
    `SELECT q.id, q.kind, q.question_set_id FROM job_question asked JOIN question q ON q.id = asked.question_id
     WHERE asked.job_id = $1 AND q.project_id = $2 AND q.id = ANY($3::uuid[])`,
    [job.id, job.projectId, wanted],
  );
  return new Map(
    z
      .array(questionRow)
      .parse(rows)
      .map(({ id, kind, question_set_id }) => [id, { kind, questionSetId: question_set_id }]),
  );
};

const MAX_FRAMES = 4_096;

/** What the model saw; no frames at all where the lists do not fit each other. */
const framesOf = ({ frameIndices, frameTimes, frameSize }: RolloutEvent): SeenFrames => {
  const fits = frameIndices !== null && frameIndices.length <= MAX_FRAMES && frameIndices.every(fitsInt);
  return {
    frameIndices: fits ? frameIndices : null,
    frameTimes: fits && frameTimes?.length === frameIndices.length ? frameTimes : null,
    frameSize: frameSize?.every(fitsInt) ? frameSize : null,
  };
};

/** Two million characters, which no trainer of ours exceeds, in UTF-16 units. */
const MAX_RESPONSE = 4_000_000;

type Refused = { readonly event: RolloutEvent; readonly reason: string };

/** Stores what is new and of this job's questions; returns how many, and what was left out and why. */
export const storeRollouts = async (
  client: PoolClient,
  job: JobPlace,
  events: readonly RolloutEvent[],
  asked: ReadonlyMap<string, Asked>,
): Promise<{ readonly stored: number; readonly refused: readonly Refused[] }> => {
  const source = `job ${job.id}`;
  const identify = sampleIdentity(source);
  const groups = new Map<string, NewGroup>();
  const encoded: { readonly event: RolloutEvent; readonly encoded: EncodedRollout; readonly kind: Kind }[] = [];
  const refused: Refused[] = [];
  for (const event of events) {
    const { step, sample, questionId } = event;
    const question = asked.get(questionId);
    const { iterationId, stage } = job;
    const group = groupId({ iterationId, stage, step, groupKey: source, questionId });
    const id = identify({ groupId: group, sampleKey: String(sample), response: event.response, at: event.seq });
    if (!question) {
      const name = JSON.stringify(questionId.slice(0, 100));
      refused.push({ event, reason: `A rollout of question ${name}, which this job was not given, is left out.` });
    } else if (!fitsInt(step) || !fitsInt(sample)) {
      refused.push({ event, reason: `A rollout of step ${step}, sample ${sample} is left out: these are no numbers.` });
    } else if (event.response.length > MAX_RESPONSE) {
      refused.push({
        event,
        reason: `Sample ${sample} of step ${step} is left out: two million characters are the most.`,
      });
    } else if (!id.ok || id.repeated) {
      refused.push({ event, reason: `Sample ${sample} of step ${step} came twice; the first is kept.` });
    } else {
      groups.set(group, { id: group, questionId, step });
      const target = { ...job, questionSetId: question.questionSetId, source };
      const row = encodeRollout(target, { id: id.id, groupId: group, questionId }, imported(event));
      encoded.push({ event, encoded: row, kind: question.kind });
    }
  }
  const known = await findKnownRollouts(
    client,
    encoded.map(({ encoded: { id } }) => id),
  );
  for (const { event } of encoded.filter((row) => known.has(row.encoded.id))) {
    refused.push({ event, reason: `Sample ${event.sample} of step ${event.step} came twice; the first is kept.` });
  }
  const fresh = encoded.filter((row) => !known.has(row.encoded.id));
  await insertGroups(client, job, [...groups.values()]);
  await copyRollouts(client, fresh);
  return { stored: fresh.length, refused };
};

/** The trainer's message as readers of files give theirs. What it calls right is left to our own verifier. */
const imported = (event: RolloutEvent) => ({
  response: event.response,
  step: event.step,
  sampleIndex: event.sample,
  finishReason: event.finishReason,
  thinkTokens: event.thinkTokens,
  totalTokens: event.totalTokens,
  loggedReward: event.reward,
  loggedCorrect: null,
  rewards: storableValues(event.rewards),
  advantage: event.advantage,
  ...framesOf(event),
});
