import 'server-only';
/** One rollout with everything its page shows: the text, the verdict and what people made of it, the video. */
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { questionSelect, questionViewOf } from '@/lib/data/question-sets/question-view';
import { getVerdictHistory } from '@/lib/data/verdicts/history';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { kindSchema } from '@/lib/domain/question';
import {
  type LoggedFrames,
  type RolloutDetail,
  rolloutDetailSchema,
  type VerdictView,
} from '@/lib/domain/rollouts/detail';
import { consistencySchema, measuresSchema } from '@/lib/domain/verdict';
import { decide } from '@/lib/domain/verifier/decide';
import { verifierSettingsSchema } from '@/lib/domain/verifier/settings';
import { AppError } from '@/lib/errors';

/** Siblings of a rollout that its page lists. */
const MAX_SIBLINGS = 256;

export const placeSelect = {
  runId: true,
  run: {
    select: {
      name: true,
      sampler: true,
      verifierVersion: { select: { readingId: true, judgeId: true, number: true, name: true, settings: true } },
    },
  },
  iteration: { select: { k: true } },
  stage: true,
  step: true,
} as const;

const sampleSelect = {
  id: true,
  sampleIndex: true,
  answer: true,
  thinkTokens: true,
  corrected: true,
  wellFormed: true,
  correct: true,
  consistency: true,
  repetitive: true,
  lengthClass: true,
  reward: true,
} as const;

/** Columns of a rollout's row; no text. */
export const rolloutSelect = {
  ...sampleSelect,
  ...placeSelect,
  kind: true,
  groupId: true,
  questionId: true,
  questionSet: { select: { name: true } },
  source: true,
  tokenSource: true,
  repetition: true,
  loggedReward: true,
  loggedCorrect: true,
  disagrees: true,
} as const;

const verdictSelect = {
  wellFormed: true,
  cutOff: true,
  answer: true,
  accuracy: true,
  consistency: true,
  concluded: true,
  repetition: true,
  thinkTokens: true,
  tokenSource: true,
  evidence: true,
  reasons: true,
  readingId: true,
} as const;

const judgementSelect = {
  readingId: true,
  judgeId: true,
  judge: { select: { name: true } },
  consistency: true,
  concluded: true,
  evidence: true,
  reason: true,
} as const;

const versionSchema = z.object({ number: z.int(), name: z.string(), settings: verifierSettingsSchema });

/** `said`: the word of the version's judge; null where none was asked. */
const verdictViewOf = (kind: string, verdict: unknown, said: string | null, verifierVersion: unknown): VerdictView => {
  const version = versionSchema.parse(verifierVersion);
  const measures = measuresSchema.parse(verdict);
  const judged = consistencySchema.nullable().parse(said);
  return {
    measures,
    decided: decide({ ...measures, judged }, kindSchema.parse(kind), version.settings),
    versionNumber: version.number,
    versionName: version.name,
  };
};

/** Throws `not_found` for foreign rollouts too, so that ids cannot be probed. */
export const getRollout = async (viewer: Viewer, rolloutId: string): Promise<RolloutDetail> => {
  const row = await db.rollout.findFirst({
    where: { id: rolloutId, ...visibleTo(viewer) },
    select: {
      ...rolloutSelect,
      finishReason: true,
      totalTokens: true,
      question: { select: questionSelect },
      rolloutText: { select: { response: true, rewards: true, ...framesSelect } },
      verdicts: { select: verdictSelect },
      judgements: { select: judgementSelect, orderBy: { judge: { name: 'asc' } } },
    },
  });
  if (!row?.rolloutText) throw new AppError('not_found', 'Rollout not found');
  const [acts, siblings] = await Promise.all([
    getVerdictHistory(viewer, rolloutId),
    db.rollout.findMany({
      where: { groupId: row.groupId, ...visibleTo(viewer) },
      orderBy: [{ sampleIndex: { sort: 'asc', nulls: 'last' } }, { seq: 'asc' }],
      take: MAX_SIBLINGS,
      select: sampleSelect,
    }),
  ]);
  const { rolloutText, run, iteration, questionSet, question, verdicts, judgements, ...rest } = row;
  const { readingId, judgeId } = run.verifierVersion;
  const verdict = verdicts.find((one) => one.readingId === readingId);
  const judged = judgements
    .filter((one) => one.readingId === readingId)
    .map(({ judge, ...one }) => ({ ...one, judge: judge.name, decides: one.judgeId === judgeId }));
  const said = judged.find(({ decides }) => decides)?.consistency ?? null;
  return rolloutDetailSchema.parse({
    ...rest,
    runName: run.name,
    sampler: run.sampler,
    iteration: iteration.k,
    setName: questionSet.name,
    question: questionViewOf(question),
    response: rolloutText.response,
    rewards: rolloutText.rewards,
    frames: loggedFrames(rolloutText),
    verdict: verdict ? verdictViewOf(row.kind, verdict, said, run.verifierVersion) : null,
    judgements: judged,
    acts,
    siblings,
  });
};

export const framesSelect = { frameIndices: true, frameTimes: true, frameHeight: true, frameWidth: true } as const;

type FrameColumns = {
  readonly frameIndices: readonly number[];
  readonly frameTimes: readonly number[];
  readonly frameHeight: number | null;
  readonly frameWidth: number | null;
};

/** Prisma reads an absent array as an empty one; a model that was given no frames at all stored none either. */
export const loggedFrames = ({
  frameIndices,
  frameTimes,
  frameHeight,
  frameWidth,
}: FrameColumns): LoggedFrames | null =>
  frameIndices.length === 0
    ? null
    : {
        indices: [...frameIndices],
        times: frameTimes.length === frameIndices.length ? [...frameTimes] : null,
        size: frameHeight && frameWidth ? { height: frameHeight, width: frameWidth } : null,
      };
