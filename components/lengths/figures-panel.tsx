'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatPercent } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import { Failed, Loading } from '@/components/ui/states';
import { WideTable } from '@/components/ui/wide-table';
import { quarterDifference } from '@/lib/domain/lengths/accuracy';
import type { AccuracySeries, LengthWithin } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import { TENTH_MORE, withinSlope } from '@/lib/domain/lengths/within';
import { proportion } from '@/lib/domain/stats/proportion';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { lengthsQuery, lengthWithinQuery } from '@/lib/queries/lengths';
import { pointsWords } from './accuracy';
import { nameOf, rolloutsBehind, type Told, toldOf } from './series-words';

const link = 'hover:text-accent hover:underline';
const head =
  'px-3 py-1.5 text-right font-medium text-ink-2 text-xs first:pl-4 first:text-left last:pr-4 last:text-left';
const cell = 'px-3 py-1.5 text-right align-top first:pl-4 first:text-left last:pr-4 last:text-left';

/** A figure with what it was counted over below it. */
const Figure = ({ children, below }: { children: ReactNode; below: ReactNode }) => (
  <>
    <div className="whitespace-nowrap font-medium">{children}</div>
    <div className="whitespace-nowrap text-ink-3 text-xs">{below}</div>
  </>
);

const Nothing = () => <span className="text-ink-3">–</span>;

const Quarter = ({ told, series, end }: { told: Told; series: AccuracySeries; end: 'longest' | 'shortest' }) => {
  if (!series.quarters) return <Nothing />;
  const { shortest, longest } = series.quarters;
  const { n, correct } = end === 'shortest' ? shortest : longest;
  const range = end === 'shortest' ? { to: shortest.to } : { from: longest.from };
  const sign = end === 'shortest' ? `≤ ${formatCount(shortest.to)}` : `≥ ${formatCount(longest.from)}`;
  return (
    <Figure below={`${formatCount(correct)} / ${formatCount(n)}, ${sign}`}>
      <Link href={rolloutsBehind(told, { ...series, ...range, judged: true })} className={link}>
        {formatPercent(correct / n)}
      </Link>
    </Figure>
  );
};

const Difference = ({ series }: { series: AccuracySeries }) => {
  const found = series.quarters && quarterDifference(series.quarters);
  if (!found) return <Nothing />;
  const [first = '', interval = ''] = pointsWords(found).split(' (');
  return <Figure below={interval === '' ? '' : `(${interval}`}>{first}</Figure>;
};

type Sums = LengthWithin['series'][number]['sums'];

const Within = ({ sums }: { sums: Sums | undefined }) => {
  if (!sums || sums.longer + sums.shorter === 0) return <Nothing />;
  const { share, low, high } = proportion(sums.longer, sums.longer + sums.shorter);
  const ties = sums.tied > 0 ? `, ${counted(sums.tied, 'tie')}` : '';
  return (
    <Figure
      below={`${formatCount(sums.longer)} / ${formatCount(sums.longer + sums.shorter)} groups, ${formatPercent(low, 0)}–${formatPercent(high, 0)}${ties}`}
    >
      {formatPercent(share ?? 0)}
    </Figure>
  );
};

const Slope = ({ sums }: { sums: Sums | undefined }) => {
  const slope = sums && withinSlope(sums);
  if (!slope) return <Nothing />;
  const { perDoubling, low, high } = slope;
  const [first = '', interval = ''] = pointsWords({
    difference: perDoubling * TENTH_MORE,
    low: low * TENTH_MORE,
    high: high * TENTH_MORE,
  }).split(' (');
  return <Figure below={`(${interval}`}>{first}</Figure>;
};

/** What the interval of an effect says in a word. */
const says = (low: number, high: number): 'more' | 'less' | 'open' => (low > 0 ? 'more' : high < 0 ? 'less' : 'open');

const sentences = { more: 'longer helps', less: 'longer hurts', open: 'no difference shown' } as const;

const Verdict = ({ series, sums }: { series: AccuracySeries; sums: Sums | undefined }) => {
  const across = series.quarters && quarterDifference(series.quarters);
  const within = sums && withinSlope(sums);
  const parts = [
    across ? `across: ${sentences[says(across.low, across.high)]}` : '',
    within ? `same question: ${sentences[says(within.low, within.high)]}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? <Nothing /> : parts.map((part) => <div key={part}>{part}</div>);
};

/** Does longer help, and where: across all questions, and where the question is the same. */
export const FiguresPanel = ({ selection }: { selection: LengthSelection }) => {
  const lengths = useQuery(lengthsQuery(selection));
  const within = useQuery(lengthWithinQuery(selection));
  const error = lengths.error ?? within.error;
  if (error) {
    return (
      <Panel title="Does longer help?">
        <Failed
          error={error}
          onRetry={() => {
            void lengths.refetch();
            void within.refetch();
          }}
        />
      </Panel>
    );
  }
  if (!lengths.data || !within.data) {
    return (
      <Panel title="Does longer help?">
        <Loading what="whether longer helps" />
      </Panel>
    );
  }
  const { about } = lengths.data;
  const told = toldOf(lengths.data, about.facet === 'correct' ? { ...about, facet: null } : about);
  const sumsOf = ({ slice, value }: AccuracySeries): Sums | undefined =>
    within.data.series.find((one) => one.slice === slice && one.value === value)?.sums;
  const rows = lengths.data.accuracy.filter(({ bins }) => bins.length > 0);
  if (rows.length === 0) return null;
  return (
    <Panel title="Does longer help?" flush>
      <WideTable label="Does longer help" className="tabular-nums">
        <thead>
          <tr>
            {[
              'Rollouts of',
              'Right in the shortest quarter',
              'Right in the longest quarter',
              'Longest less shortest',
              'Same question: the right ones are longer',
              'Same question: a tenth more thinking',
              'In words',
            ].map((title) => (
              <th key={title} scope="col" className={head}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((series) => (
            <tr key={`${series.slice} ${series.value}`} className="border-line border-t">
              <th scope="row" className={`${cell} whitespace-nowrap font-normal`}>
                <Link href={rolloutsBehind(told, { ...series, judged: true })} className="text-accent hover:underline">
                  {nameOf(told, series)}
                </Link>
              </th>
              <td className={cell}>
                <Quarter told={told} series={series} end="shortest" />
              </td>
              <td className={cell}>
                <Quarter told={told} series={series} end="longest" />
              </td>
              <td className={cell}>
                <Difference series={series} />
              </td>
              <td className={cell}>
                <Within sums={sumsOf(series)} />
              </td>
              <td className={cell}>
                <Slope sums={sumsOf(series)} />
              </td>
              <td className={`${cell} whitespace-nowrap text-ink-2 text-xs`}>
                <Verdict series={series} sums={sumsOf(series)} />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <p className="border-line border-t px-4 py-2 text-ink-2 text-xs">
        Hard questions are thought about longer and answered worse, so the quarters alone say little. Within a question
        only groups with right and wrong rollouts count, each once: in how many the right ones are longer on average,
        and how accuracy moves with a tenth more thinking (95 % intervals, clustered by group).
      </p>
    </Panel>
  );
};
