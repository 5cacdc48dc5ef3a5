import 'server-only';
/** From rows to the pair that the review screen shows. */
import { z } from 'zod';
import { db, type Transaction } from '@/lib/data/db';
import { questionSelect, questionViewOf } from '@/lib/data/question-sets/question-view';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { pairTypeSchema } from '@/lib/domain/pair';
import { breachOf, type KnownSide, ruleTermsSchema } from '@/lib/domain/pairs/holds';
import {
  type PairSample,
  type PairView,
  pairSampleSchema,
  pairViewSchema,
  storedProposalSchema,
} from '@/lib/domain/pairs/pair-view';
import { standingSchema } from '@/lib/domain/verdict';
import { AppError } from '@/lib/errors';
import type { Prisma } from '@/prisma/generated/client';

const sampleSelect = {
  id: true,
  answer: true,
  correct: true,
  wellFormed: true,
  consistency: true,
  repetitive: true,
  lengthClass: true,
  thinkTokens: true,
  tokenSource: true,
  chars: true,
} satisfies Prisma.RolloutSelect;
type SampleRow = Prisma.RolloutGetPayload<{ select: typeof sampleSelect }>;

/** Numbers samples as every screen does: by index, and by the order of import where there is none. */
const sampleOrder = [
  { sampleIndex: { sort: 'asc', nulls: 'last' } },
  { seq: 'asc' },
] satisfies Prisma.RolloutOrderByWithRelationInput[];

/** More samples than any picker can show; groups have 8. */
const MAX_SAMPLES = 128;

/** More than one page can have on the way to one pair. */
const RECENT_ACTS = 32;

const select = {
  id: true,
  type: true,
  rule: true,
  why: true,
  state: true,
  edited: true,
  skips: true,
  groupId: true,
  chosenRolloutId: true,
  rejectedRolloutId: true,
  goodRolloutId: true,
  badRolloutId: true,
  terms: true,
  run: { select: { verifierVersion: { select: { number: true } } } },
  pairText: { select: { proposal: true, chosen: true, rejected: true } },
  question: { select: questionSelect },
  group: { select: { rollouts: { select: sampleSelect, orderBy: sampleOrder, take: MAX_SAMPLES } } },
  decisions: { select: { id: true }, orderBy: { seq: 'desc' }, take: RECENT_ACTS },
  pairSetItems: { select: { pairSet: { select: { number: true } } }, orderBy: { pairSet: { number: 'asc' } } },
} satisfies Prisma.PairSelect;
type PairRow = Prisma.PairGetPayload<{ select: typeof select }>;

const sampleOf = ({ id, tokenSource, ...row }: SampleRow, at: number): PairSample =>
  pairSampleSchema.parse({ ...row, rolloutId: id, sample: at + 1, estimated: tokenSource === 'estimate' });

const knownSchema = z.object({ ...standingSchema.omit({ reward: true }).shape, thinkTokens: z.int() });

/** Null for a rollout that no verdict was given to, or that is gone. */
const sideOf = (row: unknown): KnownSide => {
  const known = knownSchema.safeParse(row).data;
  return known === undefined ? null : { standing: { ...known, reward: null }, thinkTokens: known.thinkTokens };
};

/** Why the pair is stale, for people; null when it is not. lib/data/pairs/stale.ts says the same of many. */
const staleOf = async (client: Transaction, row: PairRow): Promise<string | null> => {
  const type = pairTypeSchema.parse(row.type);
  const { goodRolloutId, badRolloutId } = row;
  const chosen = type === 'reflection' ? null : goodRolloutId;
  if (row.edited || row.chosenRolloutId !== chosen || row.rejectedRolloutId !== badRolloutId) return null;
  const rollouts = await client.rollout.findMany({
    where: { id: { in: [goodRolloutId ?? '', badRolloutId ?? ''].filter(Boolean) }, groupId: row.groupId },
    select: sampleSelect,
  });
  const find = (id: string | null): KnownSide => sideOf(rollouts.find((rollout) => rollout.id === id));
  const good = type === 'reflection' && goodRolloutId === null ? undefined : find(goodRolloutId);
  const breach = breachOf(type, good, find(badRolloutId), ruleTermsSchema.parse(row.terms));
  return breach === null ? null : `${breach} under version ${row.run.verifierVersion.number}`;
};

const viewOf = async (client: Transaction, row: PairRow): Promise<PairView> => {
  if (!row.pairText) throw new Error(`pair ${row.id} has no texts`);
  const { proposal, chosen, rejected } = row.pairText;
  const { chosen: proposed, seam } = storedProposalSchema.parse(proposal);
  return pairViewSchema.parse({
    ...row,
    question: questionViewOf(row.question),
    chosen: { rolloutId: row.chosenRolloutId, text: chosen },
    rejected: { rolloutId: row.rejectedRolloutId, text: rejected },
    seam,
    proposedChosen: seam === null ? null : proposed.text,
    samples: row.group.rollouts.map(sampleOf),
    recentActs: row.decisions.map(({ id }) => id),
    frozenIn: row.pairSetItems.map(({ pairSet }) => pairSet.number),
    stale: await staleOf(client, row),
  });
};

/** Throws `not_found` for foreign pairs too. In a transaction it sees what that has written. */
export const getPair = async (viewer: Viewer, id: string, client: Transaction = db): Promise<PairView> => {
  const row = await client.pair.findFirst({ where: { id, ...visibleTo(viewer) }, select });
  if (!row) throw new AppError('not_found', 'Pair not found');
  return viewOf(client, row);
};

/** The samples of a pair's group with their texts, for the picker. Throws `not_found` for foreign pairs too. */
export const listPairSamples = async (viewer: Viewer, id: string) => {
  const row = await db.pair.findFirst({
    where: { id, ...visibleTo(viewer) },
    select: {
      group: {
        select: {
          rollouts: {
            select: { ...sampleSelect, rolloutText: { select: { response: true } } },
            orderBy: sampleOrder,
            take: MAX_SAMPLES,
          },
        },
      },
    },
  });
  if (!row) throw new AppError('not_found', 'Pair not found');
  return row.group.rollouts.map(({ rolloutText, ...rollout }, at) => ({
    ...sampleOf(rollout, at),
    text: rolloutText?.response ?? '',
  }));
};
