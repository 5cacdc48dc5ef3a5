import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { pairTypes } from '@/lib/domain/pair';
import type { PairSetDetail } from '@/lib/domain/pairs/pair-set-view';
import { formatCount } from '@/lib/domain/text/counted';
import { ExportPanel } from './export-panel';

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex flex-col gap-0.5">
    <dt className="text-ink-2 text-xs">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </div>
);

const filterText = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

/** A frozen set: what is in it, where it comes from, who decided, and the ways out. */
export const PairSetView = ({ set }: { set: PairSetDetail }) => (
  <div className="grid items-start gap-4 lg:grid-cols-2">
    <Panel
      title="Contents"
      actions={
        <Button asChild look="quiet">
          <a href={`/api/pair-sets/${set.id}/manifest`} download>
            Manifest
          </a>
        </Button>
      }
    >
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        <Fact name="Pairs">{formatCount(set.counts.pairs)}</Fact>
        <Fact name="Questions">{formatCount(set.counts.questions)}</Fact>
        <Fact name="Edited by hand">{formatCount(set.counts.edited)}</Fact>
        {pairTypes.map((type) => (
          <Fact key={type} name={`Type ${type}`}>
            {formatCount(set.counts.byType[type])}
          </Fact>
        ))}
        <Fact name="With video">{formatCount(set.byModality.video)}</Fact>
        <Fact name="With image">{formatCount(set.byModality.image)}</Fact>
        <Fact name="Text only">{formatCount(set.byModality.text)}</Fact>
      </dl>
      <dl className="mt-4 flex flex-col gap-3 border-line border-t pt-3">
        <Fact name="sha256 of the manifest, which holds the sha256 of every text">
          <code className="break-all font-mono text-xs">{set.sha256}</code>
        </Fact>
      </dl>
    </Panel>
    <Panel title="Lineage">
      <dl className="grid grid-cols-2 gap-3">
        <Fact name="Run">
          <Link href={`/runs/${set.runId}`} className="text-accent hover:underline">
            {set.runName}
          </Link>
        </Fact>
        <Fact name="Iteration">
          <Link
            href={`/pairs?run=${set.runId}&iteration=${set.k}&state=approved`}
            className="text-accent hover:underline"
          >
            {set.k}
          </Link>
        </Fact>
        <Fact name="Verifier version">{set.verifierVersion}</Fact>
        <Fact name="Frozen">
          {set.createdAt.slice(0, 16).replace('T', ' ')} UTC{set.createdBy && ` by ${set.createdBy}`}
        </Fact>
        {Object.entries(set.filters)
          .filter(([name]) => name === 'state' || name === 'types')
          .map(([name, value]) => (
            <Fact key={name} name={`Filter: ${name}`}>
              {filterText(value)}
            </Fact>
          ))}
      </dl>
      <h3 className="mt-4 border-line border-t pt-3 font-semibold">Decided by</h3>
      <ul className="mt-1 flex flex-col gap-1">
        {set.reviewers.map(({ id, name, decisions }) => (
          <li key={id} className="flex justify-between gap-4">
            <span className="min-w-0 truncate">{name}</span>
            <span className="text-ink-2 tabular-nums">
              {decisions === 1 ? '1 decision' : `${formatCount(decisions)} decisions`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
    <div className="lg:col-span-2">
      <ExportPanel set={set} />
    </div>
  </div>
);
