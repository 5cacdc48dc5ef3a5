/**
 * The pair builder: which rollouts of a question become preference pairs.
 *
 * Deterministic for the texts of a group, settings and seed, whatever the ids and the order of the candidates: a
 * recorded run gives the same pairs in every project. One question at a time, and each group draws from a stream of its
 * own, so that adding questions never changes the pairs of the others.
 */
import { type PairSide, type PairType, pairTypes } from '@/lib/domain/pair';
import { isGood } from '@/lib/domain/verdict';
import { type PairCandidate, type PairGroup, type ProposedPair, pairRules, type Seam } from './candidate';
import { pairFingerprint, textHash, textIdentity } from './identity';
import { createDraw, type Draw, shuffled } from './random';
import { canCloseReflection, canOpenReflection, composeReflection } from './reflection';
import type { PairSettings } from './settings';
import { whyOf } from './why';

/** Rollouts of one question that are looked at: all pairs of 128 are 16,384, and groups usually have 8. */
const MAX_CANDIDATES = 128;

type Couple = { readonly good: PairCandidate; readonly bad: PairCandidate };
type Rule = (good: PairCandidate, bad: PairCandidate, settings: PairSettings) => boolean;

/** When `good`, which is good, may be chosen over `bad`. One line of DESIGN §5 each. */
const rules: Record<PairType, Rule> = {
  accuracy: (_good, bad) => bad.standing.correct === false,
  consistency: (_good, bad) => bad.standing.correct === true && bad.standing.consistency === 'inconsistent',
  penalty: (_good, { standing }) => standing.repetitive || !standing.wellFormed || standing.lengthClass === 'cut_off',
  // Too long is in no check's way of being good, but it is nothing to prefer for its length.
  length: (good, bad, { minLengthRatio }) =>
    isGood(bad.standing) &&
    good.standing.lengthClass !== 'too_long' &&
    good.thinkTokens > bad.thinkTokens &&
    good.thinkTokens >= bad.thinkTokens * minLengthRatio,
  reflection: (good, bad, { maxReflectionTokens }) =>
    canOpenReflection(bad) &&
    canCloseReflection(good) &&
    good.thinking?.trim() !== bad.thinking?.trim() &&
    good.thinkTokens + bad.thinkTokens <= maxReflectionTokens,
};

/**
 * The pairs of one group, at most `maxPerQuestion`, in the order they were picked: one type after the other,
 * rarest first, so that the many accuracy pairs never crowd out the one consistency pair. Within a type, rollouts
 * that were used least come first. No two pairs have the same two texts, and no pair has two equal ones.
 */
export const proposePairs = (group: PairGroup, settings: PairSettings, seed: number): ProposedPair[] => {
  const distinct = distinctCandidates(group.candidates);
  const draw = createDraw(seed ^ streamOf(group, distinct));
  const candidates = distinct.length <= MAX_CANDIDATES ? distinct : shuffled(distinct, draw).slice(0, MAX_CANDIDATES);
  const queues = queuesOf(candidates, settings, draw);

  const picked: ProposedPair[] = [];
  const uses = new Map<string, number>();
  const taken = new Set<string>();
  for (let round = 0; round < settings.maxPerTypePerQuestion; round++) {
    for (const { type, couples } of queues) {
      if (picked.length >= settings.maxPerQuestion) return picked;
      const couple = leastUsed(type, couples, uses, taken);
      const pair = couple && pairOf(group, type, couple, settings, draw);
      if (couple === undefined || pair === undefined) continue;
      taken.add(keyOf(type, couple));
      picked.push(pair);
      for (const { rolloutId } of [couple.good, couple.bad]) uses.set(rolloutId, (uses.get(rolloutId) ?? 0) + 1);
    }
  }
  return picked;
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

type Queue = { readonly type: PairType; readonly couples: readonly Couple[] };

/** The couples of every type that is on, shuffled; the type with the fewest first, equals in the order of `pairTypes`. */
const queuesOf = (candidates: readonly PairCandidate[], settings: PairSettings, draw: Draw): Queue[] => {
  const goods = candidates.filter(({ standing }) => isGood(standing));
  return pairTypes
    .filter((type) => settings.types[type])
    .map((type) => ({ type, couples: shuffled(couplesOf(type, goods, candidates, settings), draw) }))
    .filter(({ couples }) => couples.length > 0)
    .sort((a, b) => a.couples.length - b.couples.length);
};

const couplesOf = (
  type: PairType,
  goods: readonly PairCandidate[],
  candidates: readonly PairCandidate[],
  settings: PairSettings,
): Couple[] =>
  goods.flatMap((good) =>
    candidates.filter((bad) => bad !== good && rules[type](good, bad, settings)).map((bad) => ({ good, bad })),
  );

/** A reflection has a text of its own; the other types of one couple would be the same pair. */
const keyOf = (type: PairType, { good, bad }: Couple): string =>
  `${type === 'reflection' ? 'composed' : 'sampled'}\n${good.rolloutId}\n${bad.rolloutId}`;

/** The first couple of those whose rollouts were used least; the order of `couples` is the draw. */
const leastUsed = (
  type: PairType,
  couples: readonly Couple[],
  uses: ReadonlyMap<string, number>,
  taken: ReadonlySet<string>,
): Couple | undefined => {
  let best: Couple | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const couple of couples) {
    const used = (uses.get(couple.good.rolloutId) ?? 0) + (uses.get(couple.bad.rolloutId) ?? 0);
    if (used >= fewest || taken.has(keyOf(type, couple))) continue;
    best = couple;
    fewest = used;
  }
  return best;
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
