import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Badge } from '@/components/ui/mark';
import { Panel } from '@/components/ui/panel';
import type { DisagreementView, ReportView } from '@/lib/domain/calibration/report-view';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { checkTitles } from './words';

const Value = ({ name, children }: { name: string; children: string | null }) =>
  children === null ? null : (
    <span className="min-w-0 break-words">
      <span className="text-ink-2">{name}: </span>
      <span className="font-medium">{children}</span>
    </span>
  );

const Item = ({ one }: { one: DisagreementView }) => (
  <li className="flex flex-col gap-1.5 border-line border-t px-4 py-3 first:border-t-0">
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge meaning={one.check}>{checkTitles[one.check]}</Badge>
      <span>
        {one.labels.map(({ person, value }) => `${person}: ${value}`).join(', ')}. The verifier:{' '}
        <strong className="font-semibold">{one.said}</strong>
        {one.against.length > 0 && <span className="text-ink-2"> (against the labels: {one.against.join(', ')})</span>}.
      </span>
      <span className="text-ink-3 text-xs">{one.kind}</span>
      <Link href={`/rollouts/${one.rolloutId}`} className="ml-auto text-accent hover:underline">
        Open the rollout
      </Link>
    </div>
    <p className="line-clamp-2 break-words text-ink-2">{one.prompt}</p>
    {one.sentence !== null && (
      <blockquote className="whitespace-pre-wrap break-words border-check-consistency border-l-2 pl-3">
        {one.sentence}
      </blockquote>
    )}
    <p className="flex flex-wrap gap-x-4 gap-y-0.5">
      <Value name="Concludes">{one.concluded}</Value>
      <Value name="Answer">{one.answer ?? 'none'}</Value>
      <Value name="Truth">{one.truth}</Value>
    </p>
    {one.reason && <p className="break-words text-ink-3 text-xs">{one.reason}</p>}
  </li>
);

/** Every item on which labels and verifier, or a judge, say different things: to be read, not only counted. */
type DisagreementListProps = Pick<ReportView, 'disagreements' | 'hidden'> & { readonly onShowAll: () => void };

export const DisagreementList = ({ disagreements, hidden, onShowAll }: DisagreementListProps) => (
  <Panel title={`Disagreements (${formatCount(disagreements.length)})`} flush>
    {hidden > 0 && (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <p className="text-ink-2">
          {counted(hidden, 'disagreement')} on items that you have not labelled will show when you have: whoever reads
          them first labels them no longer blind.
        </p>
        <Button onClick={onShowAll}>I only read: show all</Button>
      </div>
    )}
    {disagreements.length === 0 && hidden === 0 && (
      <p className="px-4 py-3 text-ink-2">On every settled item labels, verifier and judges say the same.</p>
    )}
    <ul>
      {disagreements.map((one) => (
        <Item key={`${one.rolloutId} ${one.check}`} one={one} />
      ))}
    </ul>
  </Panel>
);
