import { Fragment } from 'react';
import { cx } from '@/components/ui/cx';
import { WideTable } from '@/components/ui/wide-table';
import type { LabelCheck } from '@/lib/domain/calibration/label';
import type { FiguresView, ReportView } from '@/lib/domain/calibration/report-view';
import { formatCount } from '@/lib/domain/text/counted';
import { FigureCell, type FigureView } from './figure-cell';
import { negativeWords, positiveWords } from './words';

/** Of the items as they were drawn, or weighed back to all rollouts that they stand for. */
export type Scope = 'sample' | 'run';

type Column = {
  readonly name: string;
  readonly says: string;
  readonly of: (figures: FiguresView, scope: Scope) => FigureView;
};

const share = ({ share: value, low, high, total }: FiguresView['sample']['precision']): FigureView => ({
  value,
  low,
  high,
  n: total,
});

/** Every column, with what it was counted over: the n of the run's figure is that of the labels behind it. */
const columns: readonly Column[] = [
  {
    name: 'Decided',
    says: 'share that it decided at all',
    of: ({ sample, run }, scope) => (scope === 'sample' ? share(sample.coverage) : { ...run.coverage, n: sample.n }),
  },
  {
    name: 'Precision',
    says: 'of those it calls so, that are',
    of: ({ sample, run }, scope) =>
      scope === 'sample' ? share(sample.precision) : { ...run.precision, n: sample.precision.total },
  },
  {
    name: 'Recall',
    says: 'of the decided that are so, found',
    of: ({ sample, run }, scope) =>
      // In the run it rests on everything that was passed as well, not on the positives alone.
      scope === 'sample' ? share(sample.recall) : { ...run.recall, n: sample.coverage.count },
  },
  {
    name: 'Recall of all',
    says: 'undetermined counted as not found',
    of: ({ sample, run }, scope) =>
      scope === 'sample' ? share(sample.recallOfAll) : { ...run.recallOfAll, n: sample.n },
  },
  {
    name: 'F1',
    says: 'of precision and recall',
    of: ({ sample, run }, scope) => ({ ...(scope === 'sample' ? sample.f1 : run.f1), n: sample.coverage.count }),
  },
  {
    name: 'κ',
    says: 'agreement beyond chance',
    of: ({ sample, run }, scope) => {
      const { kappa, low, high, n } = sample.kappa;
      return scope === 'sample' ? { value: kappa, low, high, n } : { ...run.kappa, n };
    },
  },
];

const Confusion = ({ figures, check }: { figures: FiguresView; check: LabelCheck }) => {
  const { truePositive, falsePositive, falseNegative, trueNegative, undecidedPositive, undecidedNegative } =
    figures.sample.confusion;
  const rows = [
    [positiveWords[check], truePositive, falsePositive],
    [negativeWords[check], falseNegative, trueNegative],
    ...(undecidedPositive + undecidedNegative > 0
      ? [['undetermined', undecidedPositive, undecidedNegative] as const]
      : []),
  ] as const;
  return (
    <table className="relative text-xs tabular-nums">
      <caption className="sr-only">Items: what it says by row, what people say by column</caption>
      <thead>
        <tr className="text-ink-3">
          <th scope="col" className="whitespace-nowrap pr-2 text-left font-normal">
            it says / people
          </th>
          <th scope="col" className="px-1 text-right font-normal">
            {positiveWords[check]}
          </th>
          <th scope="col" className="px-1 text-right font-normal">
            {negativeWords[check]}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([says, yes, no]) => (
          <tr key={says}>
            <th scope="row" className="pr-2 text-left font-normal text-ink-2">
              {says}
            </th>
            <td className="px-1 text-right">{formatCount(yes)}</td>
            <td className="px-1 text-right">{formatCount(no)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

type RowProps = { name: string; note?: string; figures: FiguresView; check: LabelCheck; scope: Scope; inner?: boolean };

const Row = ({ name, note, figures, check, scope, inner = false }: RowProps) => (
  <tr className={cx('border-line border-t', inner && 'bg-sunken/50')}>
    <th scope="row" className={cx('min-w-32 px-4 py-2 text-left align-top font-medium', inner && 'pl-8 font-normal')}>
      {name}
      {note && <div className="font-normal text-ink-3 text-xs">{note}</div>}
    </th>
    <td className="px-3 py-2 align-top">
      <Confusion figures={figures} check={check} />
    </td>
    {columns.map((column) => (
      <FigureCell key={column.name} {...column.of(figures, scope)} />
    ))}
  </tr>
);

type TableProps = { check: LabelCheck; figures: ReportView['figures']; scope: Scope };

/** One row for each who says something of this check, and below it one for each kind of question. */
export const FiguresTable = ({ check, figures, scope }: TableProps) => (
  <WideTable label={`Figures of ${check}`}>
    <thead>
      <tr className="text-ink-2 text-xs">
        <th scope="col" className="px-4 py-2 text-left font-medium">
          Who
        </th>
        <th scope="col" className="px-3 py-2 text-left font-medium">
          Items
        </th>
        {columns.map(({ name, says }) => (
          <th key={name} scope="col" className="px-3 py-2 text-right align-bottom font-medium">
            <div className="text-ink">{name}</div>
            <div className="ml-auto max-w-28 font-normal">{says}</div>
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {figures.map(({ source, all, kinds }) => (
        <Fragment key={source.key}>
          <Row
            name={source.name}
            {...(source.heldOut === null ? {} : { note: source.heldOut ? 'held out: only reports' : 'a judge' })}
            figures={all}
            check={check}
            scope={scope}
          />
          {kinds.map(({ kind, ...own }) => (
            <Row key={kind} name={kind} figures={own} check={check} scope={scope} inner />
          ))}
        </Fragment>
      ))}
    </tbody>
  </WideTable>
);
