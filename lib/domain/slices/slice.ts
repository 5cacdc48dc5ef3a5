/**
 * A slice: the rollouts of one stage of one iteration of one run. What charts overlay and comparisons put side by side,
 * and how an address names it.
 */
import { z } from 'zod';
import { kindSchema } from '@/lib/domain/question';
import { type Stage, stageSchema } from '@/lib/domain/rollout';

const count = z.int().nonnegative();

export const sliceSchema = z.object({ runId: z.uuid(), k: count.max(999_999), stage: stageSchema });
export type Slice = z.infer<typeof sliceSchema>;

/** What is known of a slice without reading its rollouts. */
export const sliceSummarySchema = z.object({
  ...sliceSchema.shape,
  runName: z.string(),
  iterationId: z.uuid(),
  rollouts: count,
  sets: z.array(z.object({ id: z.uuid(), name: z.string(), rollouts: count })),
  kinds: z.array(kindSchema),
  /** The seed of its plan; null for imported rollouts. */
  seed: z.int().nullable(),
  /** Whether the policy that sampled had been through DPO; null where nobody knows, as of imported rollouts. */
  afterDpo: z.boolean().nullable(),
});
export type SliceSummary = z.infer<typeof sliceSummarySchema>;

/** More than this many lines in one chart, or columns in one table, cannot be told apart. */
export const MOST_SLICES = 12;

/** In an address, and as a key: `<run id>.<k>.<stage>`. */
export const formatSlice = ({ runId, k, stage }: Slice): string => `${runId}.${k}.${stage}`;

/** Null for what is no slice. */
export const parseSlice = (text: string): Slice | null => {
  const [runId, k, stage, ...rest] = text.split('.');
  if (rest.length > 0 || !/^(0|[1-9]\d{0,5})$/.test(k ?? '')) return null;
  const parsed = sliceSchema.safeParse({ runId: runId?.toLowerCase(), k: Number(k), stage });
  return parsed.success ? parsed.data : null;
};

/** The slices that an address names, in its order, each once and `MOST_SLICES` at most; what is none is dropped. */
export const parseSlices = (params: URLSearchParams, name = 'slice'): Slice[] => {
  const found = params.getAll(name).flatMap((text) => parseSlice(text) ?? []);
  return [...new Map(found.map((slice) => [formatSlice(slice), slice])).values()].slice(0, MOST_SLICES);
};

const stageNames: Readonly<Record<Stage, string>> = {
  activation: 'Activation',
  grpo: 'GRPO',
  verify: 'Verify',
  curate: 'Curate',
  dpo: 'DPO',
  eval: 'Eval',
};

/** As papers call it: `GRPO 2`, `Eval 0`. */
export const sliceName = ({ k, stage }: Pick<Slice, 'k' | 'stage'>): string => `${stageNames[stage]} ${k}`;
