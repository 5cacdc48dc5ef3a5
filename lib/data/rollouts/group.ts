import 'server-only';
/** One group with its chains side by side, and the pairs proposed from it. */
import { db } from '@/lib/data/db';
import { questionSelect, questionViewOf } from '@/lib/data/question-sets/question-view';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { type GroupDetail, groupDetailSchema } from '@/lib/domain/rollouts/detail';
import { AppError } from '@/lib/errors';
import { framesSelect, loggedFrames, placeSelect, rolloutSelect } from './detail';

const MAX_CHAINS = 64;
/** Characters of a chain that the group shows; the rollout's own page shows all. */
const CHAIN_CHARS = 20_000;

/** Throws `not_found` for foreign groups too. The first 64 chains; long ones are cut. */
export const getGroup = async (viewer: Viewer, groupId: string): Promise<GroupDetail> => {
  const group = await db.rolloutGroup.findFirst({
    where: { id: groupId, ...visibleTo(viewer) },
    select: {
      id: true,
      ...placeSelect,
      question: { select: { ...questionSelect, kind: true, questionSet: { select: { name: true } } } },
    },
  });
  if (!group) throw new AppError('not_found', 'Group not found');
  const [chains, pairs] = await Promise.all([
    listChains(viewer, groupId, group.run.verifierVersion.readingId),
    listGroupPairs(viewer, groupId),
  ]);
  const { run, iteration, question, ...rest } = group;
  const place = { runName: run.name, iteration: iteration.k, setName: question.questionSet.name };
  return groupDetailSchema.parse({
    ...rest,
    ...place,
    kind: question.kind,
    sampler: run.sampler,
    question: questionViewOf(question),
    chains: chains.map((chain) => ({ ...chain, ...place })),
    pairs,
  });
};

const listChains = async (viewer: Viewer, groupId: string, readingId: string) => {
  const rows = await db.rollout.findMany({
    where: { groupId, ...visibleTo(viewer) },
    orderBy: [{ sampleIndex: { sort: 'asc', nulls: 'last' } }, { seq: 'asc' }],
    take: MAX_CHAINS,
    select: {
      ...rolloutSelect,
      rolloutText: { select: { response: true, ...framesSelect } },
      verdicts: { where: { readingId }, select: { evidence: true } },
    },
  });
  return rows.map(({ rolloutText, verdicts, ...row }) => ({
    ...row,
    response: rolloutText?.response.slice(0, CHAIN_CHARS) ?? '',
    frames: rolloutText ? loggedFrames(rolloutText) : null,
    evidence: verdicts[0]?.evidence ?? [],
  }));
};

/** Rejected proposals are left out: they are nobody's suggestion any more. */
const listGroupPairs = (viewer: Viewer, groupId: string) =>
  db.pair.findMany({
    where: { groupId, state: { not: 'rejected' }, ...visibleTo(viewer) },
    orderBy: { seq: 'asc' },
    take: MAX_CHAINS,
    select: { id: true, type: true, state: true, why: true, chosenRolloutId: true, rejectedRolloutId: true },
  });
