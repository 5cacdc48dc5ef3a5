/**
 * How many pairs of each type a proposal would give: as many as `proposePairs` gives, for the same groups, settings and
 * seed. Which couples are picked is left to the draw; how many is counted without it, but where two types want the same
 * couples and there are few: there the draw decides, and is made as the pair builder makes it.
 */
import { pairTypes } from '@/lib/domain/pair';
import { ruleHolds } from '@/lib/domain/pairs/build';
import { MAX_CANDIDATES, type Pickable, pickCouples } from '@/lib/domain/pairs/pick';
import { createDraw } from '@/lib/domain/pairs/random';
import { canOpenReflection } from '@/lib/domain/pairs/reflection';
import type { PairSettings } from '@/lib/domain/pairs/settings';
import { isGood, type Standing } from '@/lib/domain/verdict';
import type { Snapshot } from './snapshot';
import { standings } from './standing-code';

export const TYPES = pairTypes.length;
const [ACCURACY, CONSISTENCY, PENALTY, REFLECTION, LENGTH] = [
  pairTypes.indexOf('accuracy'),
  pairTypes.indexOf('consistency'),
  pairTypes.indexOf('penalty'),
  pairTypes.indexOf('reflection'),
  pairTypes.indexOf('length'),
] as const;

/** What the rules see of a standing, as bits: asked of the rules themselves, once for each of the 144 standings. */
const [GOOD, WRONG, OTHERWISE, FAULTY, OPENS, TOO_LONG] = [1, 2, 4, 8, 16, 32] as const;
const someText = { thinking: 'some', answer: 'some', thinkTokens: 1, rolloutId: '' };
const bitsOf = (standing: Standing, settings: PairSettings): number => {
  const candidate = { ...someText, standing };
  const under = (type: 'accuracy' | 'consistency' | 'penalty') => ruleHolds(type, candidate, candidate, settings);
  return (
    Number(isGood(standing)) * GOOD +
    Number(under('accuracy')) * WRONG +
    Number(under('consistency')) * OTHERWISE +
    Number(under('penalty')) * FAULTY +
    Number(canOpenReflection(candidate)) * OPENS +
    Number(standing.lengthClass === 'too_long') * TOO_LONG
  );
};

type Scratch = { -readonly [K in keyof Pickable]: Pickable[K] };

export type YieldCounter = {
  /** Writes the pairs of each type that group `group` gives (pairTypes' order) to `into`, from `at` on. */
  readonly count: (group: number, codes: Uint8Array, into: Uint8Array, at: number) => void;
  /** Whether rollouts of these two standings differ for the rules of pairs. */
  readonly differ: (code: number, other: number) => boolean;
};

/** Counts groups of this snapshot one by one. The counter keeps its working memory: one caller at a time. */
export const createYieldCounter = (snapshot: Snapshot, settings: PairSettings, seed: number): YieldCounter => {
  const { pairing, thinkTokens } = snapshot;
  const bits = Uint8Array.from(standings, (standing) => bitsOf(standing, settings));
  const scratch: Scratch[] = [];
  const sizes = new Int32Array(TYPES);

  const fill = (from: number, n: number, codes: Uint8Array): void => {
    for (let k = 0; k < n; k++) {
      const row = pairing.rows[from + k] ?? 0;
      const thinking = pairing.thinking[from + k] ?? 0;
      const standing = standings[codes[row] ?? 0];
      if (standing === undefined) continue;
      scratch[k] ??= { rolloutId: String(k), standing, thinkTokens: 0, thinking: null, answer: null };
      const candidate = scratch[k];
      if (candidate === undefined) continue;
      candidate.standing = standing;
      candidate.thinkTokens = thinkTokens[row] ?? 0;
      // Numbers stand for texts here: equal ones are equal texts, and the rules ask no more.
      candidate.thinking = thinking === 0 ? null : numerals(thinking);
      candidate.answer = pairing.hasAnswer[from + k] === 1 ? 'some' : null;
    }
  };

  /** Couples of one of the two types whose rule looks at both sides. */
  const countCouples = (
    type: 'length' | 'reflection',
    from: number,
    n: number,
    codes: Uint8Array,
    bad: number,
  ): number => {
    let couples = 0;
    for (let g = 0; g < n; g++) {
      if (((bits[codes[pairing.rows[from + g] ?? 0] ?? 0] ?? 0) & GOOD) === 0) continue;
      const good = scratch[g];
      for (let b = 0; b < n; b++) {
        if (b === g || ((bits[codes[pairing.rows[from + b] ?? 0] ?? 0] ?? 0) & bad) === 0) continue;
        const other = scratch[b];
        if (good && other && ruleHolds(type, good, other, settings)) couples += 1;
      }
    }
    return couples;
  };

  const draw = (group: number, n: number, into: Uint8Array, at: number): void => {
    const stream = pairing.streams[group] ?? 0;
    const picked = pickCouples(scratch.slice(0, n), ruleHolds, settings, createDraw(seed ^ stream));
    for (const { type } of picked) {
      const place = at + pairTypes.indexOf(type);
      into[place] = (into[place] ?? 0) + 1;
    }
  };

  const count: YieldCounter['count'] = (group, codes, into, at) => {
    into.fill(0, at, at + TYPES);
    const from = pairing.starts[group] ?? 0;
    const n = (pairing.starts[group + 1] ?? from) - from;
    let [good, wrong, otherwise, faulty, wrongFaulty, otherwiseFaulty, opens] = [0, 0, 0, 0, 0, 0, 0];
    for (let place = from; place < from + n; place++) {
      const of = bits[codes[pairing.rows[place] ?? 0] ?? 0] ?? 0;
      if (of & GOOD) good += 1;
      if (of & WRONG) wrong += 1;
      if (of & OTHERWISE) otherwise += 1;
      if (of & OPENS) opens += 1;
      if ((of & FAULTY) === 0) continue;
      faulty += 1;
      if (of & WRONG) wrongFaulty += 1;
      if (of & OTHERWISE) otherwiseFaulty += 1;
    }
    if (good === 0 || n < 2) return;
    fill(from, n, codes);
    if (n > MAX_CANDIDATES) return draw(group, n, into, at);
    const { types, maxPerTypePerQuestion: most } = settings;
    sizes[ACCURACY] = types.accuracy ? good * wrong : 0;
    sizes[CONSISTENCY] = types.consistency ? good * otherwise : 0;
    sizes[PENALTY] = types.penalty ? good * faulty : 0;
    sizes[REFLECTION] = types.reflection && opens > 0 ? countCouples('reflection', from, n, codes, OPENS) : 0;
    sizes[LENGTH] = types.length && good > 1 ? countCouples('length', from, n, codes, GOOD) : 0;
    // Couples that two types want: each may take as many from the other as it picks at most.
    const accuracyShared = types.accuracy && types.penalty ? Math.min(most, good * wrongFaulty) : 0;
    const consistencyShared = types.consistency && types.penalty ? Math.min(most, good * otherwiseFaulty) : 0;
    if (
      runsOut(sizes[ACCURACY] ?? 0, accuracyShared, most) ||
      runsOut(sizes[CONSISTENCY] ?? 0, consistencyShared, most) ||
      runsOut(sizes[PENALTY] ?? 0, accuracyShared + consistencyShared, most)
    ) {
      return draw(group, n, into, at);
    }
    takeTurns(sizes, settings, into, at);
  };

  return { count, differ: (code, other) => bits[code] !== bits[other] };
};

/** Whether a type with this many couples may find too few when others took as many of them. */
const runsOut = (couples: number, taken: number, most: number): boolean => taken > 0 && couples - taken < most;

/** One of each type in turn, the type with the fewest couples first, equals in the order of `pairTypes`. */
const takeTurns = (sizes: Int32Array, settings: PairSettings, into: Uint8Array, at: number): void => {
  const { maxPerQuestion, maxPerTypePerQuestion } = settings;
  let left = maxPerQuestion;
  for (let round = 0; round < maxPerTypePerQuestion && left > 0; round++) {
    // The next smallest of what is left, five times: sorting would cost more.
    let [size, type]: [number, number] = [0, TYPES];
    for (;;) {
      let [nextSize, nextType]: [number, number] = [Number.POSITIVE_INFINITY, -1];
      for (let other = 0; other < TYPES; other++) {
        const couples = sizes[other] ?? 0;
        if (couples <= round || couples >= nextSize) continue;
        if (couples > size || (couples === size && other > type)) [nextSize, nextType] = [couples, other];
      }
      if (nextType < 0 || left === 0) break;
      into[at + nextType] = (into[at + nextType] ?? 0) + 1;
      left -= 1;
      [size, type] = [nextSize, nextType];
    }
  }
};

const known: string[] = [];
/** Decimal digits of a small number, made once. */
const numerals = (value: number): string => {
  known[value] ??= String(value);
  return known[value] ?? '';
};

/** The pairs of every group: `TYPES` counts each. About a microsecond a group. */
export const yieldAll = (snapshot: Snapshot, codes: Uint8Array, counter: YieldCounter): Uint8Array => {
  const groups = snapshot.pairing.streams.length;
  const counts = new Uint8Array(groups * TYPES);
  for (let group = 0; group < groups; group++) counter.count(group, codes, counts, group * TYPES);
  return counts;
};
