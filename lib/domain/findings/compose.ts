/** Findings out of comparisons: pure words over figures. */
import type { Metric } from '@/lib/domain/comparison/metrics';
import type { CellChange, ComparedSlice, Difference, SideChange } from '@/lib/domain/comparison/schema';
import { formatSlices } from '@/lib/domain/slices/narrow';
import { sliceName } from '@/lib/domain/slices/slice';
import { counted, formatCount } from '@/lib/domain/text/counted';
import type { Finding } from './finding';

/** One slice against an earlier one. */
export type Step = {
  readonly base: ComparedSlice;
  readonly other: ComparedSlice;
  readonly change: SideChange;
};

export type FindingsInput = {
  /** The last slice against the first of the same stage; null where the run has fewer than two. */
  readonly step: Step | null;
  /** Each a slice after DPO against the same one of a run without it, in order of k. */
  readonly dpo: readonly Step[];
};

type Part = Omit<Finding, 'topic'>;

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

type Unit = { readonly value: (value: number | null) => string; readonly scale: number; readonly word: string };
const shares: Unit = { value: percent, scale: 100, word: 'points' };
const tokens: Unit = { value: (value) => (value === null ? '–' : value.toFixed(1)), scale: 1, word: 'tokens' };
const unitOf = (metric: Metric): Unit => (metric === 'tokens' ? tokens : shares);

/** `+25.8 points (+22.9 to +28.7)`, the 95 % interval in brackets. */
const moveText = ({ interval }: Difference, { scale, word }: Unit): string =>
  interval === null
    ? 'too little to give an interval'
    : `${signed(scale * interval.difference)} ${word} (${signed(scale * interval.low)} to ${signed(scale * interval.high)})`;

/** Which way it moved, as far as the interval tells. */
const wayOf = ({ interval }: Difference): 'up' | 'down' | 'level' | 'unknown' => {
  if (interval === null) return 'unknown';
  if (interval.low > 0) return 'up';
  return interval.high < 0 ? 'down' : 'level';
};

const askedText = ({ paired, shared, base, other }: SideChange['pairing']): string =>
  paired
    ? `Over ${counted(shared, 'question')} that both answered.`
    : `Over different questions, ${formatCount(base)} and ${formatCount(other)}.`;

const comparisonOf = ({ base, other }: Step): string => formatSlices([base, other]).toString();

/** `54.5 % in Eval 0, 80.3 % in Eval 2: +25.8 points, …` */
const changeText = ({ base, other, change }: Step, metric: Metric): string => {
  const [difference, unit] = [change.differences[metric], unitOf(metric)];
  return (
    `${unit.value(difference.base)} in ${sliceName(base)}, ${unit.value(difference.other)} in ${sliceName(other)}: ` +
    `${moveText(difference, unit)}.`
  );
};

const noStep: Part = {
  tone: 'unknown',
  word: 'Cannot tell yet',
  says: 'There is one slice at most: a second iteration or evaluation is what it can be held against.',
  comparison: null,
};

type Answer = Pick<Part, 'tone' | 'word'>;

/** What it means that a metric rises or falls; that it does neither is the same everywhere. */
const moved = (step: Step, metric: Metric, says: string, up: Answer, down: Answer): Part => {
  const answers: Record<ReturnType<typeof wayOf>, Answer> = {
    up,
    down,
    level: { tone: 'plain', word: 'Not clearly' },
    unknown: { tone: 'unknown', word: 'Cannot tell' },
  };
  return { ...answers[wayOf(step.change.differences[metric])], says, comparison: comparisonOf(step) };
};

const learning = (step: Step): Part =>
  moved(
    step,
    'accuracy',
    `Accuracy ${changeText(step, 'accuracy')} ${askedText(step.change.pairing)}`,
    { tone: 'good', word: 'Yes' },
    { tone: 'bad', word: 'No, it falls' },
  );

/** Longer is neither good nor bad by itself; what it does to accuracy is the lengths' page. */
const longer = (step: Step): Part =>
  moved(
    step,
    'tokens',
    `Thinking tokens ${changeText(step, 'tokens')}`,
    { tone: 'plain', word: 'Yes' },
    { tone: 'plain', word: 'No, shorter' },
  );

const consistent = (step: Step): Part => {
  const { inconsistent, rightConsistent } = step.other.figures;
  const now =
    inconsistent.count === null
      ? ''
      : ` In ${sliceName(step.other)}, ${formatCount(inconsistent.count)} of ${formatCount(inconsistent.n)} decided chains contradict their answer; ${percent(rightConsistent.value)} are right and consistent.`;
  return moved(
    step,
    'inconsistent',
    `Inconsistency ${changeText(step, 'inconsistent')}${now}`,
    { tone: 'bad', word: 'No, less and less' },
    { tone: 'good', word: 'Yes, more and more' },
  );
};

const dpoMetrics = [
  ['inconsistent', 'inconsistency'],
  ['accuracy', 'accuracy'],
  ['tokens', 'thinking'],
] as const satisfies readonly (readonly [Metric, string])[];

const dpoText = (step: Step): string => {
  const parts = dpoMetrics.map(([metric, name]) => {
    const difference = step.change.differences[metric];
    const level = wayOf(difference) === 'level' ? 'not clearly ' : '';
    return `${name} ${level}${moveText(difference, unitOf(metric))}`;
  });
  return `${sliceName(step.other)} against that of “${step.base.runName}”, which had no DPO: ${parts.join(', ')}.`;
};

const isBetter = ({ change }: Step): boolean =>
  wayOf(change.differences.accuracy) === 'up' || wayOf(change.differences.inconsistent) === 'down';
const isWorse = ({ change }: Step): boolean =>
  wayOf(change.differences.accuracy) === 'down' || wayOf(change.differences.inconsistent) === 'up';

const dpo = (steps: readonly Step[]): Part => {
  const last = steps.at(-1);
  if (!last) {
    return {
      tone: 'unknown',
      word: 'Cannot tell',
      says: 'Only a run of the same base and questions without DPO can tell: launch one beside this one.',
      comparison: null,
    };
  }
  const [better, worse] = [steps.some(isBetter), steps.some(isWorse)];
  const mixed = better && worse;
  return {
    tone: mixed ? 'plain' : better ? 'good' : worse ? 'bad' : 'plain',
    word: mixed ? 'Better and worse' : better ? 'Better' : worse ? 'Worse' : 'Nothing clearly',
    says: steps.map(dpoText).join(' '),
    comparison: comparisonOf(last),
  };
};

const cellText = ({ set, kind, accuracy, inconsistent }: CellChange): string => {
  const falls = wayOf(accuracy) === 'down';
  const difference = falls ? accuracy : inconsistent;
  return `${kind} of “${set}”: ${falls ? 'accuracy' : 'inconsistency'} ${moveText(difference, shares)}`;
};

/** More places than this are the comparison's to list. */
const MOST_PLACES = 3;

const worse = (step: Step): Part => {
  const { cells, flips } = step.change;
  const fallen = cells.filter(
    ({ accuracy, inconsistent }) => wayOf(accuracy) === 'down' || wayOf(inconsistent) === 'up',
  );
  const lost = flips.accuracy.counts.find(({ from, to }) => from === 'holds' && to === 'fails')?.questions ?? 0;
  const won = flips.accuracy.counts.find(({ from, to }) => from === 'fails' && to === 'holds')?.questions ?? 0;
  const flipped = `${counted(lost, 'question')} went from right to wrong, ${formatCount(won)} from wrong to right.`;
  const shown = fallen.slice(0, MOST_PLACES).map(cellText).join('; ');
  const more = fallen.length > MOST_PLACES ? `; and ${formatCount(fallen.length - MOST_PLACES)} more` : '';
  return {
    tone: fallen.length > 0 ? 'bad' : 'good',
    word: fallen.length > 0 ? `In ${counted(fallen.length, 'place')}` : 'Nowhere clearly',
    says:
      fallen.length > 0
        ? `${shown}${more}. ${flipped}`
        : `No kind of any set falls by more than chance, from ${sliceName(step.base)} to ${sliceName(step.other)}. ${flipped}`,
    comparison: comparisonOf(step),
  };
};

/** One finding for each question, in their order. */
export const composeFindings = ({ step, dpo: steps }: FindingsInput): Finding[] => [
  { topic: 'learning', ...(step ? learning(step) : noStep) },
  { topic: 'longer', ...(step ? longer(step) : noStep) },
  { topic: 'consistent', ...(step ? consistent(step) : noStep) },
  { topic: 'dpo', ...dpo(steps) },
  { topic: 'worse', ...(step ? worse(step) : noStep) },
];
