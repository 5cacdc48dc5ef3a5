/** Where what a stage made is to be seen. */
import type { Route } from 'next';
import { rolloutsOf } from '@/components/runs/rollout-links';
import type { IterationView } from '@/lib/domain/iteration';
import type { LoopStage } from '@/lib/domain/loop/stage-view';

type Place = Pick<IterationView, 'run' | 'k' | 'rollouts' | 'gate' | 'pairSet' | 'jobs'>;

/** The rows behind a stage; null where there are none yet. */
export const stageHref = ({ run, k, rollouts, gate, pairSet, jobs }: Place, { stage }: LoopStage): Route | null => {
  const facets = { iteration: [String(k)] };
  switch (stage) {
    case 'grpo':
      return jobs.some((job) => job.kind !== 'eval' && job.rollouts > 0)
        ? rolloutsOf(run.id, { facets: { ...facets, stage: ['activation', 'grpo'] } })
        : null;
    case 'verify':
      return rollouts > 0 ? rolloutsOf(run.id, { facets }) : null;
    case 'curate':
      if (pairSet) return `/pair-sets/${pairSet.id}`;
      return gate ? `/pairs?run=${run.id}&iteration=${k}` : null;
    case 'dpo':
      return pairSet ? `/pair-sets/${pairSet.id}` : null;
    case 'eval':
      return jobs.some((job) => job.kind === 'eval' && job.rollouts > 0)
        ? rolloutsOf(run.id, { facets: { ...facets, stage: ['eval'] } })
        : null;
  }
};
