'use client';
import { Box, Boxes, Cog, ScanSearch } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { JobState } from '@/components/jobs/job-state';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { cx } from '@/components/ui/cx';
import type { LineageNode } from '@/lib/domain/lineage-graph';
import { lineageText } from './lineage-text';

const icons = { checkpoint: Box, job: Cog, rollouts: ScanSearch, set: Boxes } as const;
const shapes = {
  checkpoint: 'rounded-md border-2',
  job: 'rounded-full border px-3',
  rollouts: 'rounded-md border border-dashed',
  set: 'rounded-none border',
} as const;

const hrefOf = (runId: string, node: Exclude<LineageNode, { kind: 'checkpoint' }>): Route => {
  switch (node.kind) {
    case 'job':
      return `/iterations/${node.job.iterationId}?job=${node.job.id}`;
    case 'rollouts':
      return rolloutsOf(runId, { facets: { iteration: [String(node.k)], stage: [node.job.stage] } });
    case 'set':
      return `/pair-sets/${node.set.id}`;
  }
};

type LineageNodeProps = {
  node: LineageNode;
  runId: string;
  look: 'plain' | 'chosen' | 'relative' | 'dim';
  isPicked: boolean;
  onPick: () => void;
};

/** One thing of the lineage. Weights have no page: picking them shows what made them and what they made. */
export const LineageNodeBox = ({ node, runId, look, isPicked, onPick }: LineageNodeProps) => {
  const Icon = icons[node.kind];
  const { title, line, more } = lineageText(node);
  const className = cx(
    'flex h-full w-full min-w-0 items-center gap-1.5 border-line-strong bg-surface px-2 text-left hover:bg-sunken',
    shapes[node.kind],
    look === 'chosen' && 'border-accent bg-accent-soft',
    look === 'relative' && 'border-accent',
    look === 'dim' && 'opacity-45',
  );
  const content = (
    <>
      <Icon aria-hidden className="size-3.5 shrink-0 text-ink-2" />
      <span className="min-w-0 leading-tight">
        <span className="flex items-center gap-1 truncate font-medium text-xs">
          {title}
          {node.kind === 'job' && <JobState state={node.job.state} iconOnly />}
        </span>
        {node.kind !== 'job' && <span className="block truncate text-[11px] text-ink-2 tabular-nums">{line}</span>}
        <span className="sr-only"> of iteration {node.k}</span>
      </span>
    </>
  );
  const label = `${title}, iteration ${node.k}: ${line}${more ? `. ${more}` : ''}`;
  return node.kind === 'checkpoint' ? (
    <button type="button" aria-pressed={isPicked} title={label} className={className} onClick={onPick}>
      {content}
    </button>
  ) : (
    <Link href={hrefOf(runId, node)} title={label} className={className}>
      {content}
    </Link>
  );
};
