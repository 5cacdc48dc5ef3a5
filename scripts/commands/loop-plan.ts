/** What the next iteration of a run is launched with, from options, a file, the turn before, or the recipe. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { db } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { visibleTo } from '@/lib/data/viewer';
import { type Gate, type PlanInput, planSchema } from '@/lib/domain/loop/plan';
import { planFromRecipe } from '@/lib/domain/loop/recipes';
import { AppError } from '@/lib/errors';

export type PlanOptions = {
  /** A plan as JSON; its question sets by name or id. */
  readonly file: string | undefined;
  readonly questions: readonly string[];
  readonly held: readonly string[];
  readonly gate: Gate | undefined;
};

/** `all`, `auto` or `sample:N`. */
export const gateOptionSchema = z
  .string()
  .regex(/^(all|auto|sample:[1-9]\d{0,5})$/, 'say all, auto or sample:N')
  .transform((text): Gate => {
    if (text === 'all') return { policy: 'review_all' };
    if (text === 'auto') return { policy: 'auto_approve' };
    return { policy: 'review_sample', count: Number(text.slice('sample:'.length)) };
  });

/** The ids of question sets by name; ids are left as they are. Throws `not_found`. */
const findSets = async (viewer: Viewer, names: readonly string[]): Promise<string[]> => {
  const sets = await db.questionSet.findMany({
    where: { ...visibleTo(viewer), OR: [{ name: { in: [...names] } }, { id: { in: names.filter(isId) } }] },
    select: { id: true, name: true },
  });
  return names.map((name) => {
    const found = sets.find((set) => set.id === name || set.name === name);
    if (found) return found.id;
    throw new AppError('not_found', `There is no question set “${name}”: import it with \`veripo import\``);
  });
};
const isId = (text: string): boolean => z.uuid().safeParse(text).success;

const part = z.looseObject({ questionSets: z.array(z.string()) }).nullish();
const planFile = z.looseObject({ explore: part, sample: part, evaluate: part });

const readPlanFile = async (viewer: Viewer, file: string): Promise<PlanInput> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('not_found', `The plan ${file} cannot be read`, { cause });
  });
  const parsed = planFile.safeParse(parseJson(text, file));
  if (!parsed.success) throw new AppError('invalid', `${file} is no plan: ${z.prettifyError(parsed.error)}`);
  const plan: Record<string, unknown> = { ...parsed.data };
  for (const name of ['explore', 'sample', 'evaluate'] as const) {
    const stage = parsed.data[name];
    if (stage) plan[name] = { ...stage, questionSets: await findSets(viewer, stage.questionSets) };
  }
  return parsePlan(plan, file);
};

const parseJson = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid', `${file} is not JSON`, { cause });
  }
};

const parsePlan = (plan: unknown, source: string): PlanInput => {
  const parsed = planSchema.safeParse(plan);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', `${source} is no plan: ${z.prettifyError(parsed.error)}`);
};

/** The options win over what the plan says. */
const changed = async (viewer: Viewer, plan: PlanInput, options: PlanOptions): Promise<PlanInput> => {
  const { questions, held, gate } = options;
  const asked = questions.length > 0 ? { questionSets: await findSets(viewer, questions) } : {};
  const evaluated = held.length > 0 ? { questionSets: await findSets(viewer, held) } : undefined;
  return {
    ...plan,
    explore: plan.explore ? { ...plan.explore, ...asked } : null,
    sample: plan.sample ? { ...plan.sample, ...asked } : null,
    curate: plan.curate ? { gate: gate ?? plan.curate.gate } : null,
    evaluate: evaluated ? { settings: {}, ...plan.evaluate, ...evaluated } : (plan.evaluate ?? null),
  };
};

/**
 * The plan of the next iteration: the file's, else that of the run's newest iteration, else a whole iteration by the
 * recipe; sets and gate by the options. Throws `invalid` in words when nothing says which questions.
 */
export const nextPlan = async (viewer: Viewer, runId: string | undefined, options: PlanOptions): Promise<PlanInput> => {
  if (options.file !== undefined) return changed(viewer, await readPlanFile(viewer, options.file), options);
  const before = runId === undefined ? undefined : await previousPlan(viewer, runId);
  if (before) return changed(viewer, before, options);
  if (options.questions.length === 0) {
    throw new AppError('invalid', 'Say what the policy is asked with --questions SET. See --help.');
  }
  const questionSets = await findSets(viewer, options.questions);
  const heldOut = await findSets(viewer, options.held);
  return planFromRecipe('whole-iteration', { questionSets, heldOut, gate: options.gate ?? { policy: 'review_all' } });
};

const previousPlan = async (viewer: Viewer, runId: string): Promise<PlanInput | undefined> => {
  const rows = await db.iteration.findMany({
    where: { runId, ...visibleTo(viewer) },
    orderBy: { k: 'desc' },
    take: 100,
    select: { plan: true },
  });
  for (const { plan } of rows) {
    const parsed = planSchema.safeParse(plan);
    if (parsed.success && parsed.data.explore) return parsed.data;
  }
  return undefined;
};
