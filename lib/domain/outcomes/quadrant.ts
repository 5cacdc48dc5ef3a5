/**
 * Accuracy × consistency of a slice: each of its rollouts is in exactly one part, so that the parts add up to its
 * rollouts. "Right by wrong thinking" is what the method sets out to cure: the answer earns its reward although the
 * thinking concludes something else.
 */
import { z } from 'zod';
import { stageSchema } from '@/lib/domain/rollout';
import { type FacetName, UNKNOWN } from '@/lib/domain/rollouts/filter';

/** The four cells of the table, then what cannot stand in it. */
export const quadrantParts = [
  'rightConsistent',
  'rightInconsistent',
  'wrongConsistent',
  'wrongInconsistent',
  'undetermined',
  'malformed',
  'noTruth',
  'unread',
] as const;
export type QuadrantPart = (typeof quadrantParts)[number];

export const quadrantCells = quadrantParts.slice(0, 4);

type Facets = Readonly<Partial<Record<FacetName, readonly string[]>>>;

/**
 * What the list of rollouts is narrowed by to show a part, and what the database counts it by. A verdict says all of
 * them at once, so that a rollout without one has none; a missing truth leaves the answer neither right nor wrong.
 */
export const quadrantFacets: Readonly<Record<QuadrantPart, Facets>> = {
  rightConsistent: { correct: ['yes'], consistency: ['consistent'] },
  rightInconsistent: { correct: ['yes'], consistency: ['inconsistent'] },
  wrongConsistent: { correct: ['no'], consistency: ['consistent'] },
  wrongInconsistent: { correct: ['no'], consistency: ['inconsistent'] },
  undetermined: { correct: ['yes', 'no'], consistency: ['undetermined'], wellFormed: ['yes'] },
  malformed: { correct: ['yes', 'no'], consistency: ['undetermined'], wellFormed: ['no'] },
  noTruth: { correct: [UNKNOWN], consistency: ['consistent', 'inconsistent', 'undetermined'] },
  unread: { consistency: [UNKNOWN] },
};

/** As people say it. */
export const quadrantNames: Readonly<Record<QuadrantPart, string>> = {
  rightConsistent: 'Right by right thinking',
  rightInconsistent: 'Right by wrong thinking',
  wrongConsistent: 'Wrong by consistent thinking',
  wrongInconsistent: 'Wrong and inconsistent',
  undetermined: 'Undetermined',
  malformed: 'Malformed',
  noTruth: 'Without truth',
  unread: 'Not verified',
};

const count = z.int().nonnegative();

export const sliceQuadrantSchema = z.object({
  iterationId: z.uuid(),
  k: count,
  stage: stageSchema,
  rollouts: count,
  parts: z.record(z.enum(quadrantParts), count),
  /** Of the responses, as far as their tokens are known, and of how many rollouts they are. */
  tokens: z.number().nonnegative(),
  counted: count,
});
export type SliceQuadrant = z.infer<typeof sliceQuadrantSchema>;

/** Rollouts in the four cells: those that have a truth and whose consistency is decided. */
export const decidedOf = ({ parts }: Pick<SliceQuadrant, 'parts'>): number =>
  quadrantCells.reduce((sum, part) => sum + parts[part], 0);

/** Share of the decided rollouts, in [0, 1]; null where none is decided. */
export const shareOf = (quadrant: Pick<SliceQuadrant, 'parts'>, part: QuadrantPart): number | null => {
  const decided = decidedOf(quadrant);
  return decided === 0 ? null : quadrant.parts[part] / decided;
};

export type QuadrantChange = {
  readonly first: SliceQuadrant;
  readonly last: SliceQuadrant;
  /** Of right by wrong thinking among the decided, in [0, 1]. */
  readonly from: number;
  readonly to: number;
};

/**
 * How "right by wrong thinking" changed from the first to the last slice of a stage that has decided rollouts; of
 * evaluations where there are two, since they ask the same questions; else of whatever stage has two. Null where no
 * stage has two such slices.
 *
 * @param quadrants in the order of the loop
 */
export const changeOf = (quadrants: readonly SliceQuadrant[]): QuadrantChange | null => {
  const stages = Map.groupBy(
    quadrants.filter((quadrant) => decidedOf(quadrant) > 0),
    ({ stage }) => stage,
  );
  const order = [stages.get('eval') ?? [], ...stages.values()];
  const compared = order.find((slices) => slices.length > 1);
  const [first, last] = [compared?.[0], compared?.at(-1)];
  if (!first || !last) return null;
  return {
    first,
    last,
    from: shareOf(first, 'rightInconsistent') ?? 0,
    to: shareOf(last, 'rightInconsistent') ?? 0,
  };
};
