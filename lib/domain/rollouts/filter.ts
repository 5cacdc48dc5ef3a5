/**
 * What a list of rollouts is narrowed by, and how it is ordered: one closed list, the same in the URL of the page,
 * in the API and in the SQL. Names and values that are not on it are dropped here and reach nothing behind.
 */
import { z } from 'zod';
import { kinds } from '@/lib/domain/question';
import { stages } from '@/lib/domain/rollout';
import { consistencies, lengthClasses } from '@/lib/domain/verdict';

/** Filters with few values, whose counts are shown beside them. */
export const facetNames = [
  'iteration',
  'stage',
  'set',
  'kind',
  'correct',
  'consistency',
  'wellFormed',
  'repetitive',
  'lengthClass',
  'disagrees',
  'corrected',
] as const;
export type FacetName = (typeof facetNames)[number];

/** The value that stands for "nothing is known": not verified yet, no truth, nothing logged. */
export const UNKNOWN = 'unknown';
const yesNoUnknown = ['yes', 'no', UNKNOWN] as const;

/** Every value a facet may take, in the order they are shown; null when it depends on the data. */
export const facetValues: Readonly<Record<FacetName, readonly string[] | null>> = {
  iteration: null,
  stage: stages,
  set: null,
  kind: kinds,
  correct: yesNoUnknown,
  consistency: [...consistencies, UNKNOWN],
  wellFormed: yesNoUnknown,
  repetitive: yesNoUnknown,
  lengthClass: [...lengthClasses, UNKNOWN],
  disagrees: yesNoUnknown,
  corrected: ['yes', 'no'],
};

export const rolloutSorts = [
  'newest',
  'oldest',
  'longest',
  'shortest',
  'highest-reward',
  'lowest-reward',
  'most-repetitive',
  'least-repetitive',
] as const;
export type RolloutSort = (typeof rolloutSorts)[number];

export const rolloutViews = ['grouped', 'flat'] as const;
export type RolloutView = (typeof rolloutViews)[number];

export type RolloutFilter = {
  readonly facets: Readonly<Record<FacetName, readonly string[]>>;
  readonly run: readonly string[];
  readonly question: readonly string[];
  /** Files or senders that the rollouts came from. */
  readonly source: readonly string[];
  /** Steps of the policy that sampled: those done when it did. */
  readonly step: readonly string[];
  /** The same as a range, both ends included. */
  readonly stepMin: number | null;
  readonly stepMax: number | null;
  /** Rewards in [0, 1.5], both ends included. */
  readonly rewardMin: number | null;
  readonly rewardMax: number | null;
  /** Tokens of the thinking, both ends included. */
  readonly lengthMin: number | null;
  readonly lengthMax: number | null;
  /** The same in words and in sentences; without them where nobody has counted yet. */
  readonly wordsMin: number | null;
  readonly wordsMax: number | null;
  readonly sentencesMin: number | null;
  readonly sentencesMax: number | null;
  /** Occurs in the response, upper and lower case alike. */
  readonly text: string | null;
};

export type RolloutListState = {
  readonly filter: RolloutFilter;
  readonly sort: RolloutSort;
  readonly view: RolloutView;
};

const MAX_VALUES = 50;
const MAX_TEXT = 200;
const MAX_SOURCE = 500;

const uuidValue = z.uuid().transform((value) => value.toLowerCase());
const stepValue = z.string().regex(/^(0|[1-9]\d{0,8})$/);
const iterationValue = z.string().regex(/^(0|[1-9]\d{0,5})$/);
// PostgreSQL holds no NUL: a source with one names no row.
const sourceValue = z
  .string()
  .min(1)
  .max(MAX_SOURCE)
  .refine((value) => !value.includes('\0'));
const rewardValue = z.string().trim().min(1).pipe(z.coerce.number<string>().min(-1000).max(1000));
const lengthValue = z.string().trim().min(1).pipe(z.coerce.number<string>().int().min(0).max(10_000_000));
const stepEndValue = stepValue.transform(Number);
const textValue = z
  .string()
  .transform((value) => value.replaceAll('\0', '').toWellFormed().slice(0, MAX_TEXT).toWellFormed())
  .pipe(z.string().trim().min(1));

const freeValues: Readonly<Partial<Record<FacetName, z.ZodType<string>>>> = {
  iteration: iterationValue,
  set: uuidValue,
};

const listOf = (params: URLSearchParams, name: string, schema: z.ZodType<string>): string[] => {
  const values = params.getAll(name).flatMap((raw) => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? [parsed.data] : [];
  });
  return [...new Set(values)].sort().slice(0, MAX_VALUES);
};

const facetOf = (params: URLSearchParams, name: FacetName): readonly string[] => {
  const known = facetValues[name];
  if (!known) return listOf(params, name, freeValues[name] ?? z.never());
  const asked = new Set(params.getAll(name));
  return known.filter((value) => asked.has(value));
};

const oneOf = <T>(params: URLSearchParams, name: string, schema: z.ZodType<T>): T | null => {
  const parsed = schema.safeParse(params.get(name) ?? undefined);
  return parsed.success ? parsed.data : null;
};

/** A record with one entry for every facet. */
export const forEachFacet = <T>(make: (name: FacetName) => T): Record<FacetName, T> => ({
  iteration: make('iteration'),
  stage: make('stage'),
  set: make('set'),
  kind: make('kind'),
  correct: make('correct'),
  consistency: make('consistency'),
  wellFormed: make('wellFormed'),
  repetitive: make('repetitive'),
  lengthClass: make('lengthClass'),
  disagrees: make('disagrees'),
  corrected: make('corrected'),
});

/** Everything, unfiltered. */
export const emptyFilter: RolloutFilter = {
  facets: forEachFacet(() => []),
  run: [],
  question: [],
  source: [],
  step: [],
  stepMin: null,
  stepMax: null,
  rewardMin: null,
  rewardMax: null,
  lengthMin: null,
  lengthMax: null,
  wordsMin: null,
  wordsMax: null,
  sentencesMin: null,
  sentencesMax: null,
  text: null,
};

/** Reads the filter out of a query string. Unknown names and values are dropped; values come out sorted and once. */
export const parseRolloutFilter = (params: URLSearchParams): RolloutFilter => ({
  facets: forEachFacet((name) => facetOf(params, name)),
  run: listOf(params, 'run', uuidValue),
  question: listOf(params, 'question', uuidValue),
  source: listOf(params, 'source', sourceValue),
  step: listOf(params, 'step', stepValue),
  stepMin: oneOf(params, 'stepMin', stepEndValue),
  stepMax: oneOf(params, 'stepMax', stepEndValue),
  rewardMin: oneOf(params, 'rewardMin', rewardValue),
  rewardMax: oneOf(params, 'rewardMax', rewardValue),
  lengthMin: oneOf(params, 'lengthMin', lengthValue),
  lengthMax: oneOf(params, 'lengthMax', lengthValue),
  wordsMin: oneOf(params, 'wordsMin', lengthValue),
  wordsMax: oneOf(params, 'wordsMax', lengthValue),
  sentencesMin: oneOf(params, 'sentencesMin', lengthValue),
  sentencesMax: oneOf(params, 'sentencesMax', lengthValue),
  text: oneOf(params, 'text', textValue),
});

/** The filter with the order and the layout of the list. Groups have one order of their own: newest or oldest. */
export const parseRolloutList = (params: URLSearchParams): RolloutListState => {
  const view = oneOf(params, 'view', z.enum(rolloutViews)) ?? 'grouped';
  const sort = oneOf(params, 'sort', z.enum(rolloutSorts)) ?? 'newest';
  const orderable = view === 'flat' || sort === 'oldest';
  return { filter: parseRolloutFilter(params), sort: orderable ? sort : 'newest', view };
};

const numberNames = [
  'stepMin',
  'stepMax',
  'rewardMin',
  'rewardMax',
  'lengthMin',
  'lengthMax',
  'wordsMin',
  'wordsMax',
  'sentencesMin',
  'sentencesMax',
] as const;

/** The query string of a filter; defaults are left out, so that the plain list has a plain address. */
export const formatRolloutFilter = (filter: RolloutFilter): URLSearchParams => {
  const params = new URLSearchParams();
  for (const name of ['run', 'question', 'source', 'step'] as const) {
    for (const value of filter[name]) params.append(name, value);
  }
  for (const name of facetNames) for (const value of filter.facets[name]) params.append(name, value);
  for (const name of numberNames) if (filter[name] !== null) params.set(name, String(filter[name]));
  if (filter.text !== null) params.set('text', filter.text);
  return params;
};

/** The query string of a list. */
export const formatRolloutList = ({ filter, sort, view }: RolloutListState): URLSearchParams => {
  const params = formatRolloutFilter(filter);
  if (view !== 'grouped') params.set('view', view);
  if (sort !== 'newest') params.set('sort', sort);
  return params;
};

/** What Next hands to a page, as search parameters. */
export const toSearchParams = (
  record: Readonly<Record<string, string | readonly string[] | undefined>>,
): URLSearchParams => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(record)) {
    for (const one of value === undefined ? [] : [value].flat()) params.append(name, one);
  }
  return params;
};

/** The same filter with one facet replaced. */
export const withFacet = (filter: RolloutFilter, name: FacetName, values: readonly string[]): RolloutFilter => ({
  ...filter,
  facets: { ...filter.facets, [name]: values },
});

/** The part that the facet cube does not hold and the database must apply. */
export const withoutFacets = (filter: RolloutFilter): RolloutFilter => ({ ...filter, facets: emptyFilter.facets });
