/** The rollouts whose standing other thresholds would change: how many of each kind, and those nearest to the change. */
import { z } from 'zod';
import { kinds } from '@/lib/domain/question';
import { type Check, checkSchema, isGood, type Standing } from '@/lib/domain/verdict';
import { minAccuracyOf } from '@/lib/domain/verifier/decide';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import type { Snapshot } from './snapshot';
import { standings } from './standing-code';

/** Examples of each kind of flip. */
export const MOST_EXAMPLES = 20;

export const flipSchema = z.object({
  check: checkSchema,
  from: z.string(),
  to: z.string(),
  rollouts: z.int(),
  /** Of them, those that become good, and those that no longer are, where this check has a say in it. */
  gained: z.int(),
  lost: z.int(),
});
export type FlipCount = z.infer<typeof flipSchema>;

export type FlipExample = {
  readonly row: number;
  readonly score: number;
  readonly gained: boolean;
  readonly lost: boolean;
};
export type Flip = FlipCount & {
  /** Nearest to the threshold that decides it first; `row` is that of the snapshot. */
  readonly examples: readonly FlipExample[];
};

const outcomes: Record<Check, (standing: Standing) => string> = {
  format: ({ wellFormed }) => (wellFormed ? 'well formed' : 'malformed'),
  accuracy: ({ correct }) => (correct === null ? 'not judged' : correct ? 'correct' : 'wrong'),
  consistency: ({ consistency }) => consistency,
  repetition: ({ repetitive }) => (repetitive ? 'repetitive' : 'not repetitive'),
  length: ({ lengthClass }) => lengthClass.replaceAll('_', ' '),
};
/** What a check says of a standing, alone. */
const partOf: Record<Check, (standing: Standing) => Partial<Standing>> = {
  format: ({ wellFormed }) => ({ wellFormed }),
  accuracy: ({ correct }) => ({ correct }),
  consistency: ({ consistency }) => ({ consistency }),
  repetition: ({ repetitive }) => ({ repetitive }),
  length: ({ lengthClass }) => ({ lengthClass }),
};
const checks = ['accuracy', 'consistency', 'repetition', 'length', 'format'] as const;

/** The score that a check decides by, and how far it lies from the nearest threshold of `settings`. */
const scoreOf = (snapshot: Snapshot, row: number, check: Check, settings: VerifierSettings): [number, number] => {
  switch (check) {
    case 'accuracy': {
      const score = snapshot.accuracy[row] ?? 0;
      return [score, Math.abs(score - minAccuracyOf(kinds[snapshot.kinds[row] ?? 0] ?? 'choice', settings))];
    }
    case 'repetition': {
      const score = snapshot.repetition[row] ?? 0;
      return [score, Math.abs(score - settings.maxRepetition)];
    }
    case 'length': {
      const tokens = snapshot.thinkTokens[row] ?? 0;
      return [tokens, Math.min(Math.abs(tokens - settings.minThinkTokens), Math.abs(tokens - settings.maxThinkTokens))];
    }
    default:
      return [0, 0];
  }
};

type Ranked = FlipExample & { readonly distance: number };
type Kind = FlipCount & { readonly nearest: Ranked[] };

/** Keeps the nearest, in order; of equals the first row. */
const keep = (nearest: Ranked[], example: Ranked): void => {
  const last = nearest.at(-1);
  if (nearest.length === MOST_EXAMPLES && last && last.distance <= example.distance) return;
  const after = nearest.findIndex(({ distance }) => distance > example.distance);
  nearest.splice(after < 0 ? nearest.length : after, 0, example);
  nearest.length = Math.min(nearest.length, MOST_EXAMPLES);
};

/** What a change from one standing to another is in each check; made once for each of the pairs that occur. */
const changesOf = (from: number, to: number) => {
  const [before, after] = [standings[from], standings[to]];
  if (before === undefined || after === undefined) return [];
  return checks.flatMap((check) => {
    const [was, becomes] = [outcomes[check](before), outcomes[check](after)];
    const says =
      isGood({ ...before, ...partOf[check](after) }) !== isGood(before) ||
      isGood(after) !== isGood({ ...after, ...partOf[check](before) });
    const [gained, lost] = [says && !isGood(before) && isGood(after), says && isGood(before) && !isGood(after)];
    return was === becomes ? [] : [{ check, from: was, to: becomes, gained, lost }];
  });
};

/** Every kind of flip from `now` to `then`, those of one check together; `settings` are those of `then`. */
export const flipsOf = (snapshot: Snapshot, now: Uint8Array, then: Uint8Array, settings: VerifierSettings): Flip[] => {
  const known = new Map<number, ReturnType<typeof changesOf>>();
  const found = new Map<string, Kind>();
  for (let row = 0; row < now.length; row++) {
    const [from = 0, to = 0] = [now[row], then[row]];
    if (from === to) continue;
    const both = from * standings.length + to;
    const changes = known.get(both) ?? changesOf(from, to);
    known.set(both, changes);
    for (const change of changes) {
      const key = `${change.check} ${change.from} ${change.to}`;
      const kind = found.get(key) ?? { ...change, rollouts: 0, gained: 0, lost: 0, nearest: [] };
      kind.rollouts += 1;
      kind.gained += Number(change.gained);
      kind.lost += Number(change.lost);
      const [score, distance] = scoreOf(snapshot, row, change.check, settings);
      keep(kind.nearest, { row, score, distance, gained: change.gained, lost: change.lost });
      found.set(key, kind);
    }
  }
  const place = ({ check }: FlipCount): number => checks.indexOf(check);
  return [...found.values()]
    .map(({ nearest, ...kind }) => ({ ...kind, examples: nearest.map(({ distance: _, ...example }) => example) }))
    .sort((a, b) => place(a) - place(b) || b.rollouts - a.rollouts || (a.from < b.from ? -1 : 1));
};

/** Rows whose standing differs in any check. */
export const countFlipped = (now: Uint8Array, then: Uint8Array): number =>
  now.reduce((sum, code, row) => sum + Number(code !== then[row]), 0);
