/** Costs in words. */
import { formatDuration } from '@/lib/domain/loop/cost-text';
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

/** Seconds as people read them; nothing is nothing. */
export const timeText = (seconds: number | null): string =>
  seconds === null ? '–' : seconds === 0 ? '0' : formatDuration(seconds);

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
      unit === 'question' ? 'Per example: a GRPO question over a DPO pair' : 'Per text: a GRPO rollout over a DPO pair',
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
