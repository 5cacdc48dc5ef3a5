/** Costs in words. */
import {
  type Costs,
  costRatio,
  type JobCost,
  type RatioUnit,
  type StageCost,
  stageRatio,
  sumSeconds,
} from '@/lib/domain/outcomes/cost';
import { counted, formatCount } from '@/lib/domain/text/counted';

const kindNames: Readonly<Record<JobCost['kind'], string>> = {
  grpo: 'GRPO',
  dpo: 'DPO',
  sft: 'SFT',
  rollout: 'Sampling',
  eval: 'Eval',
};

/** `GRPO 1`, `Activation 0`: as slices are called, with a name for sampling, which has no slice of its own. */
export const stageCostName = ({ kind, stage, k }: Pick<StageCost, 'kind' | 'stage' | 'k'>): string =>
  `${stage === 'activation' && kind === 'grpo' ? 'Activation' : kindNames[kind]} ${k}`;

/** What the work of a kind is counted in. */
export const unitNames: Readonly<Record<JobCost['kind'], string>> = {
  grpo: 'rollout',
  dpo: 'pair',
  sft: 'example',
  rollout: 'rollout',
  eval: 'answer',
};

const MINUTE = 60;
const HOUR = 3_600;
const two = (part: number): string => String(part).padStart(2, '0');

/** A measured time, as exact as it matters: 38.2 s, 4 min 52 s, 2 h 05 min. A dash for none. */
export const timeText = (seconds: number | null): string => {
  if (seconds === null) return '–';
  if (seconds < 99.95) return `${Number(seconds.toPrecision(3))} s`;
  const whole = Math.round(seconds);
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min ${two(whole % MINUTE)} s`;
  const minutes = Math.round(seconds / MINUTE);
  return `${Math.floor(minutes / MINUTE)} h ${two(minutes % MINUTE)} min`;
};

export type TimeUnit = { readonly name: string; readonly short: string; readonly seconds: number };

/** The unit of an axis that goes up to this many seconds. */
export const timeUnitOf = (most: number): TimeUnit => {
  if (most < 10 * MINUTE) return { name: 'seconds', short: 's', seconds: 1 };
  return most < 10 * HOUR
    ? { name: 'minutes', short: 'min', seconds: MINUTE }
    : { name: 'hours', short: 'h', seconds: HOUR };
};

/** Seconds for one of something: three digits. */
export const secondsText = (seconds: number | null): string =>
  seconds === null ? '–' : `${Number(seconds.toPrecision(3))} s`;

/** 6.1×; a dash where one of the two did not run. */
export const ratioText = (ratio: number | null): string => (ratio === null ? '–' : `${Number(ratio.toPrecision(2))}×`);

export type RatioRow = {
  readonly key: string;
  readonly ratio: number | null;
  /** What is put over what. */
  readonly name: string;
  readonly numerator: string;
  readonly denominator: string;
};

const exampleRow = (jobs: readonly JobCost[], unit: RatioUnit): RatioRow => {
  const { grpo, dpo, ratio } = costRatio(jobs, unit);
  const noun = unit === 'question' ? 'question' : 'rollout';
  return {
    key: unit,
    ratio,
    name:
      unit === 'question'
        ? 'Per example: a GRPO question over a DPO pair'
        : 'Per rollout: a GRPO rollout over a DPO pair',
    numerator: `${secondsText(grpo.secondsPerUnit)} = ${timeText(grpo.seconds)} / ${counted(Math.round(grpo.units), noun)}`,
    denominator: `${secondsText(dpo.secondsPerUnit)} = ${timeText(dpo.seconds)} / ${counted(Math.round(dpo.units), 'pair')}`,
  };
};

/** The ratio of GRPO to DPO by each meaning that it may have, that of the method first. */
export const ratioRows = (jobs: readonly JobCost[]): RatioRow[] => {
  const whole = stageRatio(jobs);
  return [
    exampleRow(jobs, 'question'),
    exampleRow(jobs, 'rollout'),
    {
      key: 'stage',
      ratio: whole.ratio,
      name: 'Per stage: all GRPO over all DPO',
      numerator: timeText(whole.grpo.seconds),
      denominator: timeText(whole.dpo.seconds),
    },
  ];
};

/** Time in all, what of it was superseded, and the ratio of the method. */
export const costSummary = ({ jobs }: Costs): string => {
  const { seconds, silent } = sumSeconds(jobs);
  const lost = sumSeconds(jobs.filter(({ superseded }) => superseded)).seconds;
  const [example] = ratioRows(jobs);
  const ratio =
    example?.ratio == null
      ? 'GRPO and DPO did not both run, so nothing tells their ratio.'
      : `A GRPO question took ${ratioText(example.ratio)} as long as a DPO pair (${example.numerator}; ${example.denominator}).`;
  return `${timeText(seconds)} of trainer time in ${counted(jobs.length, 'job')}${lost > 0 ? `, ${timeText(lost)} of it in superseded ones` : ''}${silent > 0 ? `; ${formatCount(silent)} tell no time` : ''}. ${ratio}`;
};
