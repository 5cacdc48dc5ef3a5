/** What a person chose to see in the curves, and how an address says it: one closed list, defaults left out. */
import { z } from 'zod';
import { MOST_OVERLAID } from './curve';

/** Steps that a trailing mean looks back on; 0 draws every step as it was. */
export const smoothings = [0, 5, 10, 20] as const;
export type Smoothing = (typeof smoothings)[number];

export type CurveChoice = {
  /** Runs laid over the one that is looked at. */
  readonly overlaid: readonly string[];
  readonly smooth: Smoothing;
  /** Iterations over each other, or laid end to end. */
  readonly x: 'overlaid' | 'chained';
  readonly seeds: 'band' | 'lines';
  /** All question sets together, each for itself, or the id of one. */
  readonly set: 'all' | 'each' | string;
  /** Iterations; empty for the latest. */
  readonly k: readonly number[];
  readonly length: 'think' | 'response';
};

/** What decides which points are asked for; the rest is drawn from the same points. */
export type CurveQuestion = Pick<CurveChoice, 'overlaid' | 'set' | 'k' | 'length'>;

export const defaultChoice: CurveChoice = {
  overlaid: [],
  smooth: 5,
  x: 'overlaid',
  seeds: 'band',
  set: 'all',
  k: [],
  length: 'think',
};

const MOST_K = 24;

const idSchema = z.uuid().transform((id) => id.toLowerCase());
const setSchema = z.union([z.literal('each'), idSchema]);
const kSchema = z
  .string()
  .regex(/^(0|[1-9]\d{0,5})$/)
  .transform(Number);
const smoothSchema = z
  .enum(['0', '5', '10', '20'])
  .transform((text): Smoothing => smoothings.find((steps) => String(steps) === text) ?? defaultChoice.smooth);

const all = <T>(params: URLSearchParams, name: string, schema: z.ZodType<T>, most: number): T[] => {
  const found = params.getAll(name).flatMap((raw) => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? [parsed.data] : [];
  });
  return [...new Set(found)].slice(0, most);
};

/** Reads the choice out of an address; what is not on the list is dropped. */
export const parseCurveChoice = (params: URLSearchParams): CurveChoice => ({
  overlaid: all(params, 'with', idSchema, MOST_OVERLAID),
  smooth: all(params, 'smooth', smoothSchema, 1)[0] ?? defaultChoice.smooth,
  x: params.get('curveX') === 'chained' ? 'chained' : 'overlaid',
  seeds: params.get('seeds') === 'lines' ? 'lines' : 'band',
  set: all(params, 'curveSet', setSchema, 1)[0] ?? 'all',
  k: all(params, 'curveK', kSchema, MOST_K).sort((a, b) => a - b),
  length: params.get('curveLength') === 'response' ? 'response' : 'think',
});

/** Names in the address that belong to the curves; the rest of it is others'. */
export const curveNames: ReadonlySet<string> = new Set([
  'with',
  'smooth',
  'curveX',
  'seeds',
  'curveSet',
  'curveK',
  'curveLength',
]);

/** What `parseCurveChoice` reads back; defaults are left out. */
export const formatCurveChoice = (choice: CurveChoice): URLSearchParams => {
  const params = formatCurveQuestion(choice);
  if (choice.smooth !== defaultChoice.smooth) params.set('smooth', String(choice.smooth));
  if (choice.x !== defaultChoice.x) params.set('curveX', choice.x);
  if (choice.seeds !== defaultChoice.seeds) params.set('seeds', choice.seeds);
  return params;
};

/** The part that the studio is asked with. */
export const formatCurveQuestion = ({ overlaid, set, k, length }: CurveQuestion): URLSearchParams => {
  const params = new URLSearchParams(overlaid.map((id) => ['with', id]));
  if (set !== defaultChoice.set) params.set('curveSet', set);
  for (const one of k) params.append('curveK', String(one));
  if (length !== defaultChoice.length) params.set('curveLength', length);
  return params;
};
