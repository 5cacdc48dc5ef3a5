/** One labelled rollout beside what a source said of it: what every figure is counted from. */

export type Case = {
  /**
   * What people say: whether it is positive, that is what the check is there to find. Null where they cannot tell: it
   * is in no figure, but it stands for rollouts of which people could not tell either.
   */
  readonly label: boolean | null;
  /** What the source said of it; null where it could not tell. */
  readonly said: boolean | null;
  /** Rollouts that this one stands for: those of its stratum by the items of it that people labelled. */
  readonly weight: number;
};

export type Confusion = {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
  /** Positive by the label, and the source could not tell. */
  readonly undecidedPositive: number;
  readonly undecidedNegative: number;
};

const cellOf = ({ label, said }: Case): keyof Confusion | undefined => {
  if (label === null) return undefined;
  if (said === null) return label ? 'undecidedPositive' : 'undecidedNegative';
  if (said) return label ? 'truePositive' : 'falsePositive';
  return label ? 'falseNegative' : 'trueNegative';
};

/** How many cases of each sort; with `weigh` how many rollouts they stand for. */
export const confusionOf = (cases: readonly Case[], weigh = false): Confusion => {
  const counts = {
    truePositive: 0,
    falsePositive: 0,
    falseNegative: 0,
    trueNegative: 0,
    undecidedPositive: 0,
    undecidedNegative: 0,
  };
  for (const one of cases) {
    const cell = cellOf(one);
    if (cell) counts[cell] += weigh ? one.weight : 1;
  }
  return counts;
};
