/**
 * How many pairs of each type a proposal would give: as many as `proposePairs` gives, for the same groups, settings and
 * seed. Which couples are picked is left to the draw; how many is counted without it, but where two types want the same
 * couples and there are few: there the draw decides, and is made as the pair builder makes it.
 */
import { pairTypes } from '@/lib/domain/pair';
import { ruleHolds } from '@/lib/domain/pairs/build';
import { MAX_CANDIDATES, type Pickable, pickCouples } from '@/lib/domain/pairs/pick';
import { createDraw } from '@/lib/domain/pairs/random';
import type { PairSettings } from '@/lib/domain/pairs/settings';
import { bitsOf, FAULTY, GOOD, OPENS, OTHERWISE, WRONG } from './pair-bits';
import { runsOut, TYPES, takeTurns } from './pair-turns';
import type { Snapshot } from './snapshot';
import { standings } from './standing-code';

const [ACCURACY, CONSISTENCY, PENALTY, REFLECTION, LENGTH] = [
  pairTypes.indexOf('accuracy'),
  pairTypes.indexOf('consistency'),
  pairTypes.indexOf('penalty'),
  pairTypes.indexOf('reflection'),
  pairTypes.indexOf('length'),
] as const;

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

/** The same as `yieldAll` of `codes`, from what is known of others: only groups with a rollout that the rules see otherwise are counted. */
export const yieldFrom = (
  snapshot: Snapshot,
  known: { readonly codes: Uint8Array; readonly counts: Uint8Array },
  codes: Uint8Array,
  counter: YieldCounter,
): Uint8Array => {
  const counts = known.counts.slice();
  let counted = -1;
  for (let row = 0; row < codes.length; row++) {
    const [before, after] = [known.codes[row] ?? 0, codes[row] ?? 0];
    if (before === after || !counter.differ(before, after)) continue;
    const group = snapshot.groups[row] ?? 0;
    // Rows of a group lie together.
    if (group !== counted) counter.count(group, codes, counts, group * TYPES);
    counted = group;
  }
  return counts;
};
