import { Badge } from '@/components/ui/mark';
import { formatPercent } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import type { ReportView } from '@/lib/domain/calibration/report-view';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { FiguresTable, type Scope } from './figures-table';
import { checkTitles, positiveWords } from './words';

type Progress = ReportView['checks'][number];

/** What the figures are counted from and what they leave out, in sentences. */
const Basis = ({ progress }: { progress: Progress }) => {
  const { settled, items, unsure, split, changed, unreached, population } = progress;
  return (
    <p className="text-ink-2">
      {formatCount(settled)} of {counted(items, 'item')} settled
      {unsure > 0 && `, ${formatCount(unsure)} unsure`}
      {split > 0 && `, ${formatCount(split)} on which people say opposite things`}.
      {unsure + split > 0 && ' Those are in no figure.'}
      {changed > 0 && ` ${counted(changed, 'label')} changed after the verdict had been shown: no longer blind.`}
      {settled > 0 &&
        unreached > 0 &&
        ` Nothing is settled yet of strata with ${formatCount(unreached)} of ${counted(population, 'rollout')} (${formatPercent(unreached / population)}): the figures of the run do not speak for them.`}
    </p>
  );
};

/** The rate that the verifier reports beside the one that labels would give. */
const Rate = ({ check, figures }: { check: Progress['check']; figures: ReportView['figures'] }) => {
  const run = figures[0]?.all.run;
  if (!run || run.rate.value === null || run.saidRate === null) return null;
  return (
    <p>
      Of the decided rollouts the verifier calls <strong>{formatPercent(run.saidRate)}</strong> {positiveWords[check]}.
      By these labels it is <strong>{formatPercent(run.rate.value)}</strong> ({formatPercent(run.rate.low)} to{' '}
      {formatPercent(run.rate.high)}).
    </p>
  );
};

/** One check: how many labels there are, what they say of the rate, and every figure. */
export const CheckPanel = ({ progress, report, scope }: { progress: Progress; report: ReportView; scope: Scope }) => {
  const { check } = progress;
  const figures = report.figures.filter(({ source }) => source.check === check);
  return (
    <Panel flush title={<Badge meaning={check}>{checkTitles[check]}</Badge>} aria-label={`Figures of ${check}`}>
      <div className="flex flex-col gap-1 px-4 py-3">
        <Basis progress={progress} />
        {progress.settled > 0 && <Rate check={check} figures={figures} />}
      </div>
      {progress.settled > 0 && <FiguresTable check={check} figures={figures} scope={scope} />}
    </Panel>
  );
};
