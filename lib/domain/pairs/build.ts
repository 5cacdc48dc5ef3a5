/**
 * The pair builder: which rollouts of a question become preference pairs.
 *
 * Deterministic for the texts of a group, settings and seed, whatever the ids and the order of the candidates: a
 * recorded run gives the same pairs in every project. One question at a time, and each group draws from a stream of its
 * own, so that adding questions never changes the pairs of the others.
 */
import type { PairSide, PairType } from '@/lib/domain/pair';
import { type PairCandidate, type PairGroup, type ProposedPair, pairRules, type Seam } from './candidate';
import { allows } from './holds';
import { pairFingerprint, textHash, textIdentity } from './identity';
import { type Holds, type Pickable, pickCouples } from './pick';
import { createDraw, type Draw } from './random';
import { canCloseReflection, canOpenReflection, composeReflection } from './reflection';
import type { PairSettings } from './settings';
import { whyOf } from './why';

type Couple = { readonly good: PairCandidate; readonly bad: PairCandidate };
/** Whether the rule of a type lets `good`, which is good, be chosen over `bad`: by their standings, and by their texts. */
export const ruleHolds: Holds = (type, good, bad, settings) =>
  allows(type, good, bad, settings) && (type !== 'reflection' || canReflect(good, bad));

const canReflect = (good: Pickable, bad: Pickable): boolean =>
  canOpenReflection(bad) && canCloseReflection(good) && good.thinking?.trim() !== bad.thinking?.trim();

/**
 * The pairs of one group, at most `maxPerQuestion`, in the order they were picked (`pickCouples`). No two pairs have
 * the same two texts, and no pair has two equal ones.
 */
export const proposePairs = (group: PairGroup, settings: PairSettings, seed: number): ProposedPair[] => {
  const { distinct, stream } = groundOf(group);
  const draw = createDraw(seed ^ stream);
  return pickCouples(distinct, ruleHolds, settings, draw).flatMap(
    ({ type, ...couple }) => pairOf(group, type, couple, settings, draw) ?? [],
  );
};

/**
 * What a proposal starts from: the candidates with texts of their own, in the order that draws go by, and the number
 * of the group's own stream, 32 bits.
 */
export const groundOf = (group: PairGroup): { distinct: PairCandidate[]; stream: number } => {
  const distinct = distinctCandidates(group.candidates);
  return { distinct, stream: streamOf(group, distinct) };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorted by text and then by their number in the group; each rollout and each text once. */
const distinctCandidates = (candidates: readonly PairCandidate[]): PairCandidate[] => {
  const sorted = [...candidates].sort(
    (a, b) => compare(a.response, b.response) || a.sample - b.sample || compare(a.rolloutId, b.rolloutId),
  );
  const ids = new Set<string>();
  const texts = new Set<string>();
  return sorted.filter(({ rolloutId, response }) => {
    const text = textIdentity(response);
    if (ids.has(rolloutId) || texts.has(text)) return false;
    ids.add(rolloutId);
    texts.add(text);
    return true;
  });
};

/** The number of a group's own stream, from what is asked and what was said. 32 bits. */
const streamOf = ({ question }: PairGroup, candidates: readonly PairCandidate[]): number => {
  const words = [question.prompt, ...question.options, question.truth, ...candidates.map(({ response }) => response)];
  return Number.parseInt(textHash(words.join('\n')).slice(0, 8), 16);
};

const chosenOf = (
  type: PairType,
  { good, bad }: Couple,
  settings: PairSettings,
  draw: Draw,
): { side: PairSide; seam: Seam | null } | undefined => {
  if (type !== 'reflection') return { side: { rolloutId: good.rolloutId, text: good.response }, seam: null };
  const bridge = settings.bridges[draw(settings.bridges.length)];
  const composed = bridge === undefined ? undefined : composeReflection(bad, good, bridge);
  return composed && { side: { rolloutId: null, text: composed.text }, seam: composed.seam };
};

const pairOf = (
  group: PairGroup,
  type: PairType,
  couple: Couple,
  settings: PairSettings,
  draw: Draw,
): ProposedPair | undefined => {
  const { good, bad } = couple;
  const chosen = chosenOf(type, couple, settings, draw);
  if (chosen === undefined) return undefined;
  return {
    fingerprint: pairFingerprint(group.question.id, type, chosen.side.text, bad.response),
    groupId: group.groupId,
    questionId: group.question.id,
    type,
    rule: pairRules[type],
    why: whyOf(type, group.question, good, bad),
    chosen: chosen.side,
    rejected: { rolloutId: bad.rolloutId, text: bad.response },
    goodRolloutId: good.rolloutId,
    badRolloutId: bad.rolloutId,
    seam: chosen.seam,
  };
};
