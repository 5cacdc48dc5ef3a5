import type { Route } from 'next';
import Link from 'next/link';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { cx } from '@/components/ui/cx';
import { formatPercent } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import { type Decider, deciders, type JudgeFigures } from '@/lib/domain/judge/figures';
import { formatCount } from '@/lib/domain/text/counted';

/** Colour and pattern of each, so that no reading depends on colour alone. */
const looks: Record<Decider, { readonly name: string; readonly tone: string; readonly sign: string }> = {
  rules: { name: 'by the rules', tone: 'bg-check-consistency', sign: '■' },
  judge: { name: 'by the judge', tone: 'bg-check-length', sign: '▲' },
  people: { name: 'corrected by people', tone: 'bg-check-accuracy', sign: '●' },
  nobody: { name: 'undetermined', tone: 'bg-line-strong', sign: '○' },
};
const signTones: Record<Decider, string> = {
  rules: 'text-check-consistency',
  judge: 'text-check-length',
  people: 'text-check-accuracy',
  nobody: 'text-ink-3',
};

/** Why some are undetermined, each reason with its number. */
const undeterminedText = ({ waiting, unsaid, unreadable }: JudgeFigures, judgeName: string | null): string => {
  const judge = judgeName ?? 'a judge';
  const reasons = [
    ...(waiting > 0 ? [`${formatCount(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for ${judge}`] : []),
    ...(unsaid > 0 ? [`${formatCount(unsaid)} ${judge} read and could not tell`] : []),
    ...(unreadable > 0
      ? [`${formatCount(unreadable)} ${unreadable === 1 ? 'has' : 'have'} no answer or no thinking to compare`]
      : []),
  ];
  return `Of the undetermined, ${reasons.join(', ')}.`;
};

type DecidedPanelProps = {
  figures: JudgeFigures;
  runId: string;
  k: number | null;
  judgeName: string | null;
};

/** Who decided consistency: the rules most of it, the judge the rest, people over both. */
export const DecidedPanel = ({ figures, runId, k, judgeName }: DecidedPanelProps) => {
  const { decided, versionNumber } = figures;
  const total = deciders.reduce((sum, by) => sum + decided[by], 0);
  const iteration = k === null ? {} : { iteration: [String(k)] };
  const hrefs: Partial<Record<Decider, Route>> = {
    people: rolloutsOf(runId, { facets: { ...iteration, corrected: ['yes'] } }),
    nobody: rolloutsOf(runId, { facets: { ...iteration, consistency: ['undetermined'] } }),
  };
  return (
    <Panel
      title="Who decided consistency"
      actions={
        <span className="text-ink-2 text-xs">
          version {versionNumber}, {judgeName === null ? 'no judge' : `judge ${judgeName}`}
        </span>
      }
    >
      {total === 0 ? (
        <p className="text-ink-2">Nothing here is verified yet: verify the run first.</p>
      ) : (
        <div className="flex flex-col gap-3">
          <div aria-hidden className="flex h-3 w-full gap-px overflow-hidden rounded-full bg-sunken">
            {deciders.map((by) =>
              decided[by] > 0 ? (
                <div key={by} className={looks[by].tone} style={{ width: `${(decided[by] / total) * 100}%` }} />
              ) : null,
            )}
          </div>
          <dl className="grid grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-2 xl:grid-cols-4">
            {deciders.map((by) => {
              const href = hrefs[by];
              const number = `${formatCount(decided[by])} of ${formatCount(total)}`;
              return (
                <div key={by} className="flex items-baseline gap-2">
                  <dt className="flex items-baseline gap-1.5">
                    <span aria-hidden className={cx('text-xs', signTones[by])}>
                      {looks[by].sign}
                    </span>
                    {looks[by].name}
                  </dt>
                  <dd className="ml-auto font-semibold tabular-nums sm:ml-0">{formatPercent(decided[by] / total)}</dd>
                  <dd className="text-ink-2 text-xs tabular-nums">
                    {href && decided[by] > 0 ? (
                      <Link href={href} className="text-accent hover:underline">
                        {number}
                      </Link>
                    ) : (
                      number
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
          {decided.nobody > 0 && <p className="text-ink-2">{undeterminedText(figures, judgeName)}</p>}
        </div>
      )}
    </Panel>
  );
};
