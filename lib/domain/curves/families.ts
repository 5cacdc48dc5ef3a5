/** Which runs are the same but for their seeds, and which differ in the DPO before GRPO alone. */
import { z } from 'zod';
import { canonicalJson } from '@/lib/domain/pairs/canonical-json';

/** One iteration as its launch decided it. */
export type PlannedTurn = {
  readonly k: number;
  /** The stored plan; null for imported rollouts. */
  readonly plan: unknown;
  /** Stage of the checkpoint that its policy began with; null before the first. */
  readonly startStage: string | null;
};

export type PlannedRun = {
  readonly id: string;
  /** What its policy was made from; null where nobody knows. */
  readonly base: unknown;
  readonly turns: readonly PlannedTurn[];
};

const planSchema = z.looseObject({ seed: z.int() });
const jsonSchema = z.json();

/** A plan without its seed and without the device, which changes where it is learnt and not what; null for no plan. */
const planKey = (plan: unknown): string | null => {
  const parsed = planSchema.safeParse(plan);
  if (!parsed.success) return null;
  const { seed: _seed, device: _device, ...rest } = parsed.data;
  return canonicalJson(jsonSchema.parse(rest));
};

export const seedOf = (plan: unknown): number | null => planSchema.safeParse(plan).data?.seed ?? null;

/** Base and all plans up to each iteration: what an iteration learns follows from those before it. By k. */
const keysOf = ({ base, turns }: PlannedRun): ReadonlyMap<number, string> => {
  const keys = new Map<number, string>();
  let upTo = base === null ? null : canonicalJson(jsonSchema.parse(base));
  for (const { k, plan, startStage } of turns.toSorted((a, b) => a.k - b.k)) {
    const key = planKey(plan);
    upTo = upTo === null || key === null ? null : `${upTo}${k} from ${startStage}\n${key}`;
    if (upTo !== null) keys.set(k, upTo);
  }
  return keys;
};

export const turnKey = (runId: string, k: number): string => `${runId}.${k}`;

/**
 * The families of iterations that differ in nothing but their seeds, by `turnKey`; those without their like have none.
 * A seed that comes again is no other draw: its second run begins a family of its own.
 */
export const familiesOf = (runs: readonly PlannedRun[]): ReadonlyMap<string, number> => {
  const members = new Map<string, { readonly turn: string; readonly seed: number }[]>();
  for (const run of runs) {
    const keys = keysOf(run);
    for (const { k, plan } of run.turns) {
      const [key, seed] = [keys.get(k), seedOf(plan)];
      if (key === undefined || seed === null) continue;
      const round = Array.from({ length: runs.length }, (_, at) => `${at} ${key}`).find(
        (one) => !members.get(one)?.some((member) => member.seed === seed),
      );
      const family = round ?? key;
      members.set(family, [...(members.get(family) ?? []), { turn: turnKey(run.id, k), seed }]);
    }
  }
  const families = [...members.values()].filter(({ length }) => length > 1);
  return new Map(families.flatMap((family, at) => family.map(({ turn }) => [turn, at] as const)));
};

const explores = z.object({ explore: z.object({ stage: z.string(), questionSets: z.array(z.string()) }) });

/** Question sets that an iteration's GRPO samples from, in one order; null where it explores nothing. */
const exploredSets = (plan: unknown): string | null => {
  const parsed = explores.safeParse(plan);
  return parsed.success ? parsed.data.explore.questionSets.toSorted().join(' ') : null;
};

/**
 * Whether two runs of the same base explore the same question sets in every iteration that both have, and in at least
 * one of them the one began with weights that DPO made and the other did not.
 */
export const arePartners = (a: PlannedRun, b: PlannedRun): boolean => {
  if (a.id === b.id || a.base === null || b.base === null) return false;
  if (canonicalJson(jsonSchema.parse(a.base)) !== canonicalJson(jsonSchema.parse(b.base))) return false;
  const shared = a.turns.flatMap((mine) => {
    const theirs = b.turns.find(({ k }) => k === mine.k);
    const sets = exploredSets(mine.plan);
    return theirs && sets !== null && exploredSets(theirs.plan) !== null ? [{ mine, theirs, sets }] : [];
  });
  return (
    shared.every(({ theirs, sets }) => exploredSets(theirs.plan) === sets) &&
    shared.some(({ mine, theirs }) => (mine.startStage === 'dpo') !== (theirs.startStage === 'dpo'))
  );
};
