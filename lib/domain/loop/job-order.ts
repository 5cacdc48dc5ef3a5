/** What a job is ordered to do: decided when it is made and kept in its row, so that asking twice asks for the same. */
import { z } from 'zod';
import type { JobStage } from '@/lib/domain/job';
import {
  dpoSettingsSchema,
  evalSettingsSchema,
  grpoSettingsSchema,
  rolloutSettingsSchema,
} from '@/lib/domain/trainer/settings';
import type { Plan } from './plan';
import type { JobSlot } from './stages';

const shape = {
  engine: z.string(),
  device: z.string().nullable(),
  seed: z.int(),
  /** Said after each question; null takes the default of its kind, an empty one leaves it out. */
  instruction: z.string().nullable(),
} as const;

const questions = {
  questionSets: z.array(z.uuid()),
  /** Null: all of them. */
  mostQuestions: z.int().nullable(),
} as const;

export const jobOrderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('grpo'), ...shape, ...questions, settings: grpoSettingsSchema }),
  z.object({ kind: z.literal('rollout'), ...shape, ...questions, settings: rolloutSettingsSchema }),
  z.object({ kind: z.literal('eval'), ...shape, ...questions, settings: evalSettingsSchema }),
  /** Its pairs are those of the job's frozen set. */
  z.object({ kind: z.literal('dpo'), ...shape, settings: dpoSettingsSchema }),
]);
export type JobOrder = z.infer<typeof jobOrderSchema>;

type Asked = { readonly questionSets: string[]; readonly mostQuestions: number | null };
const asked = ({ questionSets, mostQuestions }: Asked): Asked => ({ questionSets, mostQuestions });

/** The order of one slot of a plan; undefined where the plan leaves it out. */
export const jobOrder = (plan: Plan, slot: JobSlot): JobOrder | undefined => {
  const { engine, device, seed, instruction, explore, sample, align, evaluate } = plan;
  const common = { engine, device, seed, instruction };
  switch (slot) {
    case 'explore':
      return explore ? { kind: 'grpo', ...common, ...asked(explore), settings: explore.settings } : undefined;
    case 'sample':
      return sample ? { kind: 'rollout', ...common, ...asked(sample), settings: sample.settings } : undefined;
    case 'align':
      return align ? { kind: 'dpo', ...common, settings: align.settings } : undefined;
    case 'evaluate':
      return evaluate ? { kind: 'eval', ...common, ...asked(evaluate), settings: evaluate.settings } : undefined;
  }
};

/** The stage that the rollouts and the checkpoint of a slot's job carry. */
export const slotStage = (plan: Plan, slot: JobSlot): JobStage => {
  if (slot === 'explore') return plan.explore?.stage ?? 'grpo';
  return ({ sample: 'grpo', align: 'dpo', evaluate: 'eval' } as const)[slot];
};
