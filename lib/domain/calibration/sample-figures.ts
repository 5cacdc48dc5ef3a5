/** How a source agrees with people on the items of a sample, each item once. */
import { cohensKappa, type Kappa } from '@/lib/domain/stats/kappa';
import { type Proportion, proportion } from '@/lib/domain/stats/proportion';
import { type Case, type Confusion, confusionOf } from './case';

/** A figure with its 95 % interval; `value` null where nothing was counted. */
export type Estimate = { readonly value: number | null; readonly low: number; readonly high: number };

export type SampleFigures = {
  /** Cases that people could tell, decided or not. */
  readonly n: number;
  readonly confusion: Confusion;
  /** Cases on which the source decided. */
  readonly coverage: Proportion;
  /** Of those that the source calls positive, those that are. */
  readonly precision: Proportion;
  /** Of the positive ones that the source decided, those it found. */
  readonly recall: Proportion;
  /** Of all positive ones: one that the source could not tell is one it did not find. */
  readonly recallOfAll: Proportion;
  /** Over the decided ones. */
  readonly f1: Estimate;
  /** Of the decided ones, those on which both say the same. */
  readonly agreement: Proportion;
  /** Over the decided ones. */
  readonly kappa: Kappa;
};

/**
 * F1 of decided cases. F1 = 2j/(1 + j), where j is the share of true positives among all that either side calls
 * positive: a share with a Wilson interval, whose ends the formula carries over, since it only rises.
 *
 * Source: D. J. Hand, P. Christen and N. Kirielle, Machine Learning 110 (2021) 451–456, for j ("F*").
 */
const f1Of = ({ truePositive, falsePositive, falseNegative }: Confusion): Estimate => {
  const { share, low, high } = proportion(truePositive, truePositive + falsePositive + falseNegative);
  const carried = (j: number): number => (2 * j) / (1 + j);
  return { value: share === null ? null : carried(share), low: carried(low), high: carried(high) };
};

/** Every figure over these cases, with 95 % intervals: Wilson's for shares. */
export const sampleFigures = (cases: readonly Case[]): SampleFigures => {
  const confusion = confusionOf(cases);
  const { truePositive, falsePositive, falseNegative, trueNegative, undecidedPositive } = confusion;
  const decided = truePositive + falsePositive + falseNegative + trueNegative;
  const n = cases.filter(({ label }) => label !== null).length;
  return {
    n,
    confusion,
    coverage: proportion(decided, n),
    precision: proportion(truePositive, truePositive + falsePositive),
    recall: proportion(truePositive, truePositive + falseNegative),
    recallOfAll: proportion(truePositive, truePositive + falseNegative + undecidedPositive),
    f1: f1Of(confusion),
    agreement: proportion(truePositive + trueNegative, decided),
    kappa: cohensKappa([
      [truePositive, falsePositive],
      [falseNegative, trueNegative],
    ]),
  };
};
