import Link from 'next/link';
import { formatShort } from '@/components/ui/number';
import { WideTable } from '@/components/ui/wide-table';
import { deviceHours, rateOf, type StageCost, sumSeconds } from '@/lib/domain/outcomes/cost';
import type { SliceQuadrant } from '@/lib/domain/outcomes/quadrant';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { secondsText, stageCostName, timeText, unitNames } from './cost-names';

type CostTableProps = {
  stages: readonly StageCost[];
  quadrants: readonly SliceQuadrant[];
  /** Of a device-hour; null shows no money. */
  price: number | null;
};

const head = 'px-3 py-2 font-medium text-ink-2 text-xs whitespace-nowrap';
const th = `${head} text-right`;
const td = 'px-3 py-1.5 text-right whitespace-nowrap align-top tabular-nums';

/** Device-hours with as many digits as they need. */
const hoursText = (seconds: number): string => String(Number(deviceHours(seconds).toPrecision(3)));
const moneyText = (seconds: number, price: number): string => (deviceHours(seconds) * price).toFixed(2);

/** What each stage took and what it did for that; superseded jobs below the time of the one that counts. */
export const CostTable = ({ stages, quadrants, price }: CostTableProps) => {
  const all = stages.flatMap(({ jobs }) => jobs);
  const spent = sumSeconds(all).seconds;
  return (
    <WideTable label="Time and cost by stage">
      <thead>
        <tr>
          <th className={`${head} text-left`}>Stage</th>
          <th className={th}>Trainer’s time</th>
          <th className={th}>Device-hours</th>
          {price !== null && <th className={th}>Cost</th>}
          <th className={th}>Steps</th>
          <th className={th}>Work</th>
          <th className={th}>Each took</th>
          <th className={th}>Response tokens</th>
          <th className={th}>By the clock</th>
        </tr>
      </thead>
      <tbody>
        {stages.map((stage) => (
          <Row
            key={`${stage.iterationId} ${stage.kind}`}
            stage={stage}
            // A slice that two kinds of job sampled does not tell which did what.
            tokens={tokensOf(stage, stages, quadrants)}
            price={price}
          />
        ))}
        <tr className="border-line-strong border-t font-medium">
          <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left">
            Spent in all
          </th>
          <td className={td}>{timeText(spent)}</td>
          <td className={td}>{hoursText(spent)}</td>
          {price !== null && <td className={td}>{moneyText(spent, price)}</td>}
          <td colSpan={5} />
        </tr>
      </tbody>
    </WideTable>
  );
};

const tokensOf = (
  { iterationId, stage, kind }: StageCost,
  stages: readonly StageCost[],
  quadrants: readonly SliceQuadrant[],
): SliceQuadrant | undefined => {
  const sampling = stages.filter(
    (other) => other.iterationId === iterationId && other.stage === stage && other.kind !== 'dpo',
  );
  if (kind === 'dpo' || sampling.length !== 1) return undefined;
  return quadrants.find((slice) => slice.iterationId === iterationId && slice.stage === stage && slice.counted > 0);
};

type RowProps = { stage: StageCost; tokens: SliceQuadrant | undefined; price: number | null };

const Row = ({ stage, tokens, price }: RowProps) => {
  const { iterationId, jobs, kind, seconds, superseded } = stage;
  const job = jobs.findLast((each) => !each.superseded) ?? jobs.at(-1);
  const rate = rateOf(jobs.filter((each) => !each.superseded));
  const isOpen = job?.state === 'running' || job?.state === 'queued';
  return (
    <tr className="border-line border-t">
      <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left align-top font-medium">
        <Link href={`/iterations/${iterationId}`} className="text-accent hover:underline">
          {stageCostName(stage)}
        </Link>
        {job && (job.state !== 'succeeded' || job.attempt > 1) && (
          <div className="font-normal text-ink-3 text-xs">
            {isOpen ? `${job.state}, so far` : job.state}
            {job.attempt > 1 && `, attempt ${job.attempt}`}
          </div>
        )}
      </th>
      <td className={td}>
        {timeText(seconds)}
        {superseded > 0 && <div className="text-ink-3 text-xs">+ {timeText(superseded)} superseded</div>}
      </td>
      <td className={td}>
        {seconds === null ? '–' : hoursText(seconds)}
        {superseded > 0 && <div className="text-ink-3 text-xs">+ {hoursText(superseded)}</div>}
      </td>
      {price !== null && (
        <td className={td}>
          {seconds === null ? '–' : moneyText(seconds, price)}
          {superseded > 0 && <div className="text-ink-3 text-xs">+ {moneyText(superseded, price)}</div>}
        </td>
      )}
      <td className={td}>{job?.steps == null ? '–' : formatCount(job.steps)}</td>
      <td className={td}>
        {job?.units == null ? '–' : counted(Math.round(job.units), unitNames[kind])}
        {job?.questions != null && (
          <div className="text-ink-3 text-xs">of {counted(Math.round(job.questions), 'question')}</div>
        )}
      </td>
      <td className={td}>
        {secondsText(rate.secondsPerUnit)}
        {kind === 'grpo' && (
          <div className="text-ink-3 text-xs">
            {secondsText(
              rateOf(
                jobs.filter((each) => !each.superseded),
                'questions',
              ).secondsPerUnit,
            )}{' '}
            a question
          </div>
        )}
      </td>
      <td className={td}>{tokens ? formatShort(tokens.tokens) : '–'}</td>
      <td className={td}>{timeText(job?.clockSeconds ?? null)}</td>
    </tr>
  );
};
