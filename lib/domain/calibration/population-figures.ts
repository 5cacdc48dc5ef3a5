/**
 * The same figures for all the rollouts that a sample was drawn from. A stratified sample holds more of what is rare:
 * each item is weighed by the rollouts that it stands for (Horvitz and Thompson, JASA 47 (1952) 663–685).
 *
 * The intervals come from what the sample leaves open. What a source said is known of every rollout; what people would
 * say is not. So for each answer of the source the share of positives is drawn from its posterior (a beta distribution
 * with Jeffreys' prior ½, ½), the table of the whole run is put together from the draws, and every figure is taken
 * from it; 95 % of the draws make the interval. Where people could not tell some of them, how many those are is drawn
 * alike. An interval from the sample's own table would be far too narrow for
 * recall: 20 passed rollouts of 2,000 without a fault still allow for a hundred faults among the others.
 *
 * Source: C. B. Begg and R. A. Greenes, Biometrics 39 (1983) 207–215, for the correction of a test that is verified by
 * strata of its own result; L. Kish, Survey Sampling (1965), for the effective number of unequally weighed cases.
 */
import { createDraw } from '@/lib/domain/pairs/random';
import { drawBeta, type Uniform } from '@/lib/domain/stats/beta';
import { type Case, type Confusion, confusionOf } from './case';
import type { Estimate } from './sample-figures';

export type PopulationFigures = {
  /** Rollouts that the cases stand for and people could tell. */
  readonly rollouts: number;
  readonly coverage: Estimate;
  /** Positives of all the decided ones, as people would say: what the source's own rate should be. */
  readonly rate: Estimate;
  /** Positives of all the decided ones, as the source says. */
  readonly saidRate: number | null;
  readonly precision: Estimate;
  readonly recall: Estimate;
  readonly recallOfAll: Estimate;
  readonly f1: Estimate;
  readonly kappa: Estimate;
};

type Points = Readonly<
  Record<'coverage' | 'rate' | 'precision' | 'recall' | 'recallOfAll' | 'f1' | 'kappa', number | null>
>;

const DRAWS = 2_000;
const UNIFORM_STEPS = 2 ** 30;

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** κ of a table of two by two, without the interval that `cohensKappa` works out: it is taken from every draw. */
const kappaOf = ({ truePositive: a, falsePositive: b, falseNegative: c, trueNegative: d }: Confusion): number | null =>
  ratio(2 * (a * d - b * c), (a + b) * (b + d) + (a + c) * (c + d));

const pointsOf = (table: Confusion): Points => {
  const { truePositive, falsePositive, falseNegative, trueNegative, undecidedPositive, undecidedNegative } = table;
  const positive = truePositive + falseNegative;
  const decided = positive + falsePositive + trueNegative;
  return {
    coverage: ratio(decided, decided + undecidedPositive + undecidedNegative),
    rate: ratio(positive, decided),
    precision: ratio(truePositive, truePositive + falsePositive),
    recall: ratio(truePositive, positive),
    recallOfAll: ratio(truePositive, positive + undecidedPositive),
    f1: ratio(2 * truePositive, positive + truePositive + falsePositive),
    kappa: kappaOf(table),
  };
};

/** A share out of weighed cases: as certain as that many equally weighed ones would make it. */
const shareOf = (cases: readonly Case[], holds: (one: Case) => boolean) => {
  const total = cases.reduce((sum, { weight }) => sum + weight, 0);
  const squares = cases.reduce((sum, { weight }) => sum + weight ** 2, 0);
  const share = total > 0 ? cases.reduce((sum, one) => sum + (holds(one) ? one.weight : 0), 0) / total : 0;
  const effective = squares > 0 ? total ** 2 / squares : 0;
  return (uniform: Uniform): number => drawBeta(effective * share + 0.5, effective * (1 - share) + 0.5, uniform);
};

/** Rollouts of one answer of the source: draws how many are positive and how many negative by people. */
const classOf = (cases: readonly Case[], said: boolean | null) => {
  const own = cases.filter((one) => one.said === said);
  const told = own.filter(({ label }) => label !== null);
  const total = own.reduce((sum, { weight }) => sum + weight, 0);
  const toldShare = shareOf(own, ({ label }) => label !== null);
  const positiveShare = shareOf(told, ({ label }) => label === true);
  return (uniform: Uniform): { positive: number; negative: number } => {
    if (told.length === 0) return { positive: 0, negative: 0 };
    const rollouts = told.length === own.length ? total : total * toldShare(uniform);
    const positive = rollouts * positiveShare(uniform);
    return { positive, negative: rollouts - positive };
  };
};

/** Estimates of the run behind these cases, with 95 % intervals; the same cases and seed give the same ones. */
export const populationFigures = (cases: readonly Case[], seed: number): PopulationFigures => {
  const weighed = confusionOf(cases, true);
  const [yes, no, open] = [classOf(cases, true), classOf(cases, false), classOf(cases, null)];
  const draw = createDraw(seed);
  const uniform = (): number => (draw(UNIFORM_STEPS) + 0.5) / UNIFORM_STEPS;
  const draws = Array.from({ length: cases.length === 0 ? 0 : DRAWS }, () => {
    const [found, passed, undecided] = [yes(uniform), no(uniform), open(uniform)];
    return pointsOf({
      truePositive: found.positive,
      falsePositive: found.negative,
      falseNegative: passed.positive,
      trueNegative: passed.negative,
      undecidedPositive: undecided.positive,
      undecidedNegative: undecided.negative,
    });
  });
  const points = pointsOf(weighed);
  const estimate = (name: keyof Points): Estimate =>
    intervalAround(
      points[name],
      draws.map((one) => one[name]),
      name,
    );
  const { truePositive, falsePositive, falseNegative, trueNegative } = weighed;
  const called = truePositive + falsePositive;
  return {
    rollouts: Object.values(weighed).reduce((sum, rollouts) => sum + rollouts, 0),
    coverage: estimate('coverage'),
    rate: estimate('rate'),
    saidRate: ratio(called, called + falseNegative + trueNegative),
    precision: estimate('precision'),
    recall: estimate('recall'),
    recallOfAll: estimate('recallOfAll'),
    f1: estimate('f1'),
    kappa: estimate('kappa'),
  };
};

/** The middle 95 % of the draws, widened to hold the estimate: at 0 and 1 a posterior leaves it outside. */
const intervalAround = (value: number | null, draws: readonly (number | null)[], name: keyof Points): Estimate => {
  const sorted = draws.filter((one) => one !== null).sort((a, b) => a - b);
  const at = (quantile: number): number | undefined => sorted[Math.round(quantile * (sorted.length - 1))];
  const least = name === 'kappa' ? -1 : 0;
  if (value === null) return { value, low: least, high: 1 };
  return { value, low: Math.min(value, at(0.025) ?? least), high: Math.max(value, at(0.975) ?? 1) };
};
