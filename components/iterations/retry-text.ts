/** What a retry from each stage will do, before somebody asks for it. */
import type { IterationView, RetryStage } from '@/lib/domain/iteration';
import { loopStageOf } from '@/lib/domain/loop/stage-view';

const names = { grpo: 'GRPO', sft: 'SFT', rollout: 'sampling', dpo: 'DPO', eval: 'evaluation' } as const;

/** Studio work is idempotent: it goes on where it was. A job goes on from its checkpoint, or begins anew. */
export const retryText = ({ jobs, pairSet }: Pick<IterationView, 'jobs' | 'pairSet'>, stage: RetryStage): string => {
  if (stage === 'verify') return 'Verdicts that are there stay; the missing ones are made, and all that follows again.';
  if (stage === 'curate')
    return pairSet
      ? `Pairs and decisions stay, and set ${pairSet.number} too; the gate is asked again and a set frozen anew for DPO.`
      : 'Pairs and decisions stay; missing pairs are proposed and the gate is asked again.';
  const job = jobs.findLast((one) => loopStageOf(one) === stage);
  if (!job) return 'It has no job yet: one is made.';
  const name = names[job.kind];
  if (job.state === 'failed' || job.state === 'cancelled') {
    const step = job.step === null ? '' : ` It had come to step ${job.step.toLocaleString('en-US')}.`;
    return `The ${name} job goes on from its last checkpoint on the trainer; where there is none, it begins anew.${step}`;
  }
  return 'Its jobs begin anew, and everything after them is made again. What the earlier ones made stays to be seen.';
};
