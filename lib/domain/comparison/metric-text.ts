/** How metrics and their differences are called and written. */
import type { FacetName } from '@/lib/domain/rollouts/filter';
import { formatShare } from '@/lib/domain/text/share';
import { definitions, type Metric } from './metrics';

type Facets = Partial<Record<FacetName, readonly string[]>>;

type MetricText = {
  readonly label: string;
  /** What it is counted over. */
  readonly of: string;
  /** The rollouts that it counts; of means, all. */
  readonly facets: Facets;
};

export const metricTexts: Readonly<Record<Metric, MetricText>> = {
  accuracy: { label: 'Accuracy', of: 'mean r_a of scored rollouts', facets: { correct: ['yes', 'no'] } },
  correct: { label: 'Correct', of: 'of rollouts with a truth', facets: { correct: ['yes'] } },
  inconsistent: {
    label: 'Inconsistent',
    of: 'of those decided',
    facets: { consistency: ['inconsistent'] },
  },
  rightConsistent: {
    label: 'Correct and consistent',
    of: 'of rollouts with a truth',
    facets: { correct: ['yes'], consistency: ['consistent'] },
  },
  repetitive: { label: 'Repetitive', of: 'of verified rollouts', facets: { repetitive: ['yes'] } },
  malformed: { label: 'Malformed', of: 'of verified rollouts', facets: { wellFormed: ['no'] } },
  cutOff: { label: 'Cut off', of: 'of verified rollouts', facets: { lengthClass: ['cut_off'] } },
  tokens: { label: 'Thinking', of: 'mean tokens', facets: {} },
  reward: { label: 'Reward', of: 'mean r_a + r_f, at most 1.5', facets: {} },
};

const inPercent = (metric: Metric): boolean => definitions[metric].kind === 'share' || metric === 'accuracy';
const digitsOf = (metric: Metric): number => (metric === 'reward' ? 3 : 1);

/** 80.3 %, 32.8, 1.296; a dash for nothing. */
export const formatMetric = (metric: Metric, value: number | null): string => {
  if (value === null) return '–';
  return inPercent(metric) ? formatShare(value) : value.toFixed(digitsOf(metric));
};

/** With its sign, in percentage points where the metric is in percent: `+25.8`, `−0.012`. */
export const formatChange = (metric: Metric, change: number): string => {
  const text = Math.abs(inPercent(metric) ? change * 100 : change).toFixed(digitsOf(metric));
  const isZero = Number(text) === 0;
  return `${isZero ? '±' : change > 0 ? '+' : '−'}${text}`;
};

/** What a change of the metric is in. */
export const changeUnit = (metric: Metric): string =>
  inPercent(metric) ? 'points' : metric === 'tokens' ? 'tokens' : '';

export type Verdict = 'better' | 'worse' | 'more' | 'less' | 'unclear';

/** What a difference comes to: surely better or worse only where its interval lies on one side of 0. */
export const verdictOf = (
  metric: Metric,
  interval: { readonly low: number; readonly high: number } | null,
): Verdict => {
  if (interval === null || (interval.low <= 0 && interval.high >= 0)) return 'unclear';
  const way = interval.low > 0 ? 'more' : 'less';
  const { better } = definitions[metric];
  return better === null ? way : better === way ? 'better' : 'worse';
};

/** A probability as tests are reported: `p = 0.013`, `p < 0.001`. */
export const formatP = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`);
