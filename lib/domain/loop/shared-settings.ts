/**
 * What all stages of an iteration should agree on: the frames that the model sees and what is said around a question.
 * A policy that explores on small frames and is aligned on large ones learns something else than was meant.
 */
import { type Defaults, type Draft, type DraftAct, textOf } from './draft';
import { type Field, type JobStageOfPlan, jobStagesOfPlan, stageFields } from './fields';

const isShared = ({ group }: Field): boolean => group === 'frames' || group === 'prompt';

/** Names of the shared settings, as every stage has them. */
const sharedFields = stageFields.evaluate.filter(isShared);
const nameOf = (path: string): string => path.split('.').slice(2).join('.');

export type Apart = {
  /** The stage that the others are held against: the first of the plan. */
  readonly first: JobStageOfPlan;
  readonly others: readonly JobStageOfPlan[];
  /** Labels of the settings that differ. */
  readonly labels: readonly string[];
  /** Acts that give the others what the first has. */
  readonly join: readonly DraftAct[];
};

/** Where stages of the plan differ in what they should share; null where they agree. */
export const stagesApart = (draft: Draft, defaults: Defaults): Apart | null => {
  const [first, ...rest] = jobStagesOfPlan.filter((stage) => draft.on[stage]);
  if (!first) return null;
  const different = rest.flatMap((stage) =>
    sharedFields.flatMap(({ path, label }) => {
      const name = nameOf(path);
      const wanted = textOf(draft, defaults, `${first}.settings.${name}`);
      const own = `${stage}.settings.${name}`;
      return textOf(draft, defaults, own) === wanted ? [] : [{ stage, label, path: own, text: wanted }];
    }),
  );
  if (different.length === 0) return null;
  return {
    first,
    others: [...new Set(different.map(({ stage }) => stage))],
    labels: [...new Set(different.map(({ label }) => label))],
    join: different.map(({ path, text }) => ({ type: 'text', path, text, defaults })),
  };
};
