/** How the things of a lineage read. */
import { jobNames } from '@/components/jobs/job-state';
import { formatBytes } from '@/components/ui/number';
import type { LineageNode } from '@/lib/domain/lineage-graph';
import { counted, formatCount } from '@/lib/domain/text/counted';

/** `more` is said where there is room. */
export type LineageText = { readonly title: string; readonly line: string; readonly more?: string };

/** A node in two short lines. */
export const lineageText = (node: LineageNode): LineageText => {
  switch (node.kind) {
    case 'checkpoint': {
      const { stage, name, step, bytes } = node.checkpoint;
      if (stage === 'base') return { title: 'Base', line: name };
      return {
        title: 'Checkpoint',
        line: `step ${formatCount(step)}${bytes === null ? '' : `, ${formatBytes(bytes)}`}`,
      };
    }
    case 'job': {
      const title =
        node.job.stage === 'activation' && node.job.kind === 'grpo' ? 'Activation' : jobNames[node.job.kind];
      return { title, line: node.job.state };
    }
    case 'rollouts':
      return {
        title: node.job.kind === 'eval' ? 'Answers' : 'Rollouts',
        line: formatCount(node.job.rollouts),
      };
    case 'set':
      return {
        title: `Set ${node.set.number}`,
        line: counted(node.set.pairCount, 'pair'),
        more: 'Made of all rollouts that lead here: groups without a fit pair gave none.',
      };
  }
};
