/** A plan in a recording: the same plan, its question sets by name. */
import { z } from 'zod';
import { type Plan, planSchema } from '@/lib/domain/loop/plan';
import type { RecordedPlan } from './recording';

const partSchema = z
  .looseObject({ questionSets: z.array(z.string()) })
  .nullable()
  .optional();
const partsSchema = z.looseObject({ explore: partSchema, sample: partSchema, evaluate: partSchema });

const rename = (plan: unknown, nameOf: (set: string) => string) => {
  const parts = partsSchema.parse(plan);
  const renamed = ({ questionSets, ...part }: NonNullable<z.infer<typeof partSchema>>) => ({
    ...part,
    questionSets: questionSets.map(nameOf),
  });
  const { explore, sample, evaluate } = parts;
  return {
    ...parts,
    ...(explore ? { explore: renamed(explore) } : {}),
    ...(sample ? { sample: renamed(sample) } : {}),
    ...(evaluate ? { evaluate: renamed(evaluate) } : {}),
  };
};

/** The plan as a recording keeps it. `nameOf` names a set by its id. */
export const portablePlan = (plan: Plan, nameOf: (setId: string) => string): RecordedPlan =>
  z.record(z.string(), z.json()).parse(rename(plan, nameOf));

/** The plan for a project. `idOf` finds a set by its name. Throws when it is none of this studio's plans. */
export const localPlan = (plan: RecordedPlan, idOf: (setName: string) => string): Plan =>
  planSchema.parse(rename(plan, idOf));
