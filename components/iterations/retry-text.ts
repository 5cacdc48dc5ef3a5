/** What a retry from each stage will do, before somebody asks for it. */
import type { IterationView, RetryStage } from '@/lib/domain/iteration';
import type { Job } from '@/lib/domain/job';
import type { Plan } from '@/lib/domain/loop/plan';
import { retryJobs } from '@/lib/domain/loop/retry';
import { loopStageOf } from '@/lib/domain/loop/stage-view';
import { slotKind, slotsOf } from '@/lib/domain/loop/stages';
import { formatCount } from '@/lib/domain/text/counted';

type Retried = Pick<IterationView, 'jobs' | 'pairSet'> & { readonly plan: Plan };

const names = { grpo: 'GRPO', sft: 'SFT', rollout: 'sampling', dpo: 'DPO', eval: 'evaluation' } as const;

/** Of a stage whose work trainers do: a job goes on from its checkpoint, stands, or begins anew. */
const jobsText = (plan: Plan, jobs: readonly Job[], stage: RetryStage): string => {
  const current = jobs.filter(({ superseded }) => !superseded);
  const own = current.filter((job) => loopStageOf(job) === stage);
  if (own.length === 0) return 'It has no job yet: one is made.';
  const { superseded, resumed } = retryJobs(plan, stage, current);
  const broken = own.find(({ id }) => id === resumed);
  if (broken) {
    const step = broken.step === null ? '' : ` It had come to step ${formatCount(broken.step)}.`;
    return `The ${names[broken.kind]} job goes on from its last checkpoint on the trainer; where there is none, it begins anew.${step}`;
  }
  const kept = own.filter(({ id }) => !superseded.includes(id));
  const active = kept.find(({ state }) => state !== 'succeeded');
  if (active) return `The ${names[active.kind]} job is still with the trainer, and is followed on.`;
  const missing = slotsOf[stage].find(
    (slot) => plan[slot] !== null && !own.some(({ kind }) => kind === slotKind[slot]),
  );
  if (kept.length > 0 && missing) return `What is there stands: the ${names[slotKind[missing]]} job is made.`;
  return 'Its jobs begin anew, and everything after them is made again. What the earlier ones made stays to be seen.';
};

/** Studio work is idempotent: it goes on where it was. */
export const retryText = ({ plan, jobs, pairSet }: Retried, stage: RetryStage): string => {
  if (stage === 'verify') return 'Verdicts that are there stay; the missing ones are made, and all that follows again.';
  if (stage === 'curate')
    return pairSet
      ? `Pairs and decisions stay, and set ${pairSet.number} too; the gate is asked again and a set frozen anew for DPO.`
      : 'Pairs and decisions stay; missing pairs are proposed and the gate is asked again.';
  return jobsText(plan, jobs, stage);
};
