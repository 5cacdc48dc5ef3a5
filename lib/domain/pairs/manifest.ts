/** The manifest of a frozen pair set: what is in it, how it came about, and the hashes that prove it. */
import { z } from 'zod';
import { type PairType, pairTypeSchema } from '@/lib/domain/pair';
import { canonicalJson, type JsonValue } from './canonical-json';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'Not a sha256 in lower-case hex');
const countSchema = z.int().nonnegative();

export const manifestPairSchema = z.object({
  id: z.string().min(1),
  type: pairTypeSchema,
  questionId: z.string().min(1),
  /** sha256 of the UTF-8 of the texts, as exported. */
  chosenSha256: sha256Schema,
  rejectedSha256: sha256Schema,
  edited: z.boolean(),
});
export type ManifestPair = z.infer<typeof manifestPairSchema>;

const countsSchema = z.object({
  pairs: countSchema,
  questions: countSchema,
  edited: countSchema,
  byType: z.record(pairTypeSchema, countSchema),
});

const reviewerSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  /** Acts of this person, or of a policy, on the pairs of the set. */
  decisions: countSchema,
});

/** No time and no random id in it: freezing the same pairs again gives the same bytes. */
export const pairSetManifestSchema = z
  .object({
    format: z.literal('veripo-pair-set/1'),
    number: z.int().positive(),
    counts: countsSchema,
    /** The filters of the freeze, as the screen states them. */
    filters: z.record(z.string(), z.json()),
    verifierVersion: z.int().nonnegative(),
    reviewers: z.array(reviewerSchema),
    pairs: z.array(manifestPairSchema),
  })
  .refine(({ pairs }) => new Set(pairs.map(({ id }) => id)).size === pairs.length, {
    message: 'A pair is listed twice',
    path: ['pairs'],
  })
  .refine(({ pairs, counts }) => canonicalJson(countPairs(pairs)) === canonicalJson(counts), {
    message: 'The counts do not match the pairs',
    path: ['counts'],
  });
export type PairSetManifest = z.infer<typeof pairSetManifestSchema>;

/** Counts of a list of pairs, every type named, also with 0. */
const countPairs = (pairs: readonly ManifestPair[]): z.infer<typeof countsSchema> => {
  const byType: Record<PairType, number> = { accuracy: 0, consistency: 0, penalty: 0, reflection: 0, length: 0 };
  for (const { type } of pairs) byType[type] += 1;
  return {
    pairs: pairs.length,
    questions: new Set(pairs.map(({ questionId }) => questionId)).size,
    edited: pairs.filter(({ edited }) => edited).length,
    byType,
  };
};

type ManifestParts = {
  readonly number: number;
  readonly filters: Readonly<Record<string, JsonValue>>;
  readonly verifierVersion: number;
  readonly reviewers: readonly z.infer<typeof reviewerSchema>[];
  readonly pairs: readonly ManifestPair[];
};

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** The manifest of `parts`; pairs and reviewers sorted by id, so that the order of a query does not matter. Throws `ZodError` on impossible parts. */
export const createManifest = ({
  number,
  filters,
  verifierVersion,
  reviewers,
  pairs,
}: ManifestParts): PairSetManifest =>
  pairSetManifestSchema.parse({
    format: 'veripo-pair-set/1',
    number,
    counts: countPairs(pairs),
    filters,
    verifierVersion,
    reviewers: [...reviewers].sort(byId),
    pairs: [...pairs].sort(byId),
  });

/** The bytes (as text, to be encoded in UTF-8) whose sha256 names the set. */
export const serializeManifest = (manifest: PairSetManifest): string => canonicalJson(manifest);

/** The manifest in `json`; throws `SyntaxError` or `ZodError` when it is not one. */
export const parseManifest = (json: string): PairSetManifest => pairSetManifestSchema.parse(JSON.parse(json));
