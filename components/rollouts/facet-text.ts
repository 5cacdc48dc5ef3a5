/** How filters and their values are called on the screen. */
import {
  type FacetName,
  facetNames,
  type RolloutFilter,
  type RolloutSort,
  UNKNOWN,
  withFacet,
} from '@/lib/domain/rollouts/filter';

export const facetTitles: Record<FacetName, string> = {
  iteration: 'Iteration',
  stage: 'Stage',
  set: 'Question set',
  kind: 'Kind',
  correct: 'Accuracy',
  consistency: 'Consistency',
  wellFormed: 'Format',
  repetitive: 'Repetition',
  lengthClass: 'Length',
  disagrees: 'Log and verifier',
  corrected: 'Corrected by people',
};

const texts: Partial<Record<FacetName, Readonly<Record<string, string>>>> = {
  correct: { yes: 'correct', no: 'wrong', [UNKNOWN]: 'no truth or not verified' },
  consistency: { [UNKNOWN]: 'not verified' },
  wellFormed: { yes: 'well formed', no: 'malformed', [UNKNOWN]: 'not verified' },
  repetitive: { yes: 'repetitive', no: 'not repetitive', [UNKNOWN]: 'not verified' },
  lengthClass: {
    too_short: 'too short',
    in_range: 'in range',
    too_long: 'too long',
    cut_off: 'cut off',
    [UNKNOWN]: 'not verified',
  },
  disagrees: { yes: 'they disagree', no: 'they agree', [UNKNOWN]: 'nothing logged' },
  corrected: { yes: 'corrected', no: 'as verified' },
};

/** A facet's value in words; `setNames` says how question sets are called. */
export const facetValueText = (name: FacetName, value: string, setNames: Readonly<Record<string, string>>): string => {
  if (name === 'set') return setNames[value] ?? 'a removed set';
  if (name === 'iteration') return `k = ${value}`;
  return texts[name]?.[value] ?? value;
};

export const sortTexts: Record<RolloutSort, string> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  longest: 'Longest thinking',
  shortest: 'Shortest thinking',
  'highest-reward': 'Highest reward',
  'lowest-reward': 'Lowest reward',
  'most-repetitive': 'Most repetitive',
  'least-repetitive': 'Least repetitive',
};

export type Chip = { readonly id: string; readonly text: string; readonly without: RolloutFilter };
type Names = { readonly runs: Readonly<Record<string, string>>; readonly sets: Readonly<Record<string, string>> };

const rangeText = (what: string, min: number | null, max: number | null): string =>
  min === null ? `${what} ≤ ${max}` : max === null ? `${what} ≥ ${min}` : `${what} ${min}–${max}`;

/** One chip for every active filter, with the filter that is left when it is taken away. */
export const chipsOf = (filter: RolloutFilter, names: Names): Chip[] => {
  const chips: Chip[] = [];
  for (const run of filter.run) {
    const without = { ...filter, run: filter.run.filter((other) => other !== run) };
    chips.push({ id: `run ${run}`, text: `Run: ${names.runs[run] ?? 'a removed run'}`, without });
  }
  for (const name of facetNames) {
    for (const value of filter.facets[name]) {
      const rest = filter.facets[name].filter((other) => other !== value);
      const text = `${facetTitles[name]}: ${facetValueText(name, value, names.sets)}`;
      chips.push({ id: `${name} ${value}`, text, without: withFacet(filter, name, rest) });
    }
  }
  if (filter.question.length > 0) {
    const count = filter.question.length;
    chips.push({
      id: 'question',
      text: count === 1 ? 'One question' : `${count} questions`,
      without: { ...filter, question: [] },
    });
  }
  for (const source of filter.source) {
    const without = { ...filter, source: filter.source.filter((other) => other !== source) };
    chips.push({ id: `source ${source}`, text: `Source: ${source}`, without });
  }
  for (const step of filter.step) {
    const without = { ...filter, step: filter.step.filter((other) => other !== step) };
    chips.push({ id: `step ${step}`, text: `Sampled at step ${step}`, without });
  }
  const { stepMin, stepMax, rewardMin, rewardMax, lengthMin, lengthMax, text } = filter;
  if (stepMin !== null || stepMax !== null) {
    chips.push({
      id: 'steps',
      text: rangeText('Sampled at step', stepMin, stepMax),
      without: { ...filter, stepMin: null, stepMax: null },
    });
  }
  if (rewardMin !== null || rewardMax !== null) {
    chips.push({
      id: 'reward',
      text: rangeText('Reward', rewardMin, rewardMax),
      without: { ...filter, rewardMin: null, rewardMax: null },
    });
  }
  if (lengthMin !== null || lengthMax !== null) {
    chips.push({
      id: 'length',
      text: rangeText('Tokens', lengthMin, lengthMax),
      without: { ...filter, lengthMin: null, lengthMax: null },
    });
  }
  const { wordsMin, wordsMax, sentencesMin, sentencesMax } = filter;
  if (wordsMin !== null || wordsMax !== null) {
    chips.push({
      id: 'words',
      text: rangeText('Words', wordsMin, wordsMax),
      without: { ...filter, wordsMin: null, wordsMax: null },
    });
  }
  if (sentencesMin !== null || sentencesMax !== null) {
    chips.push({
      id: 'sentences',
      text: rangeText('Sentences', sentencesMin, sentencesMax),
      without: { ...filter, sentencesMin: null, sentencesMax: null },
    });
  }
  if (text !== null) chips.push({ id: 'text', text: `Text: ${text}`, without: { ...filter, text: null } });
  return chips;
};
