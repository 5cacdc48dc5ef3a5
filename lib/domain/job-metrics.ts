/**
 * What the built-in engine reports of a step (`trainer/veripo_trainer/engine/{grpo,dpo,sft,sampling_jobs}.py`), in
 * words: one table for charts, tiles and tables. A name that is not in it is drawn plainly, so that another engine's
 * figures are never lost.
 */
import type { JobKind } from './trainer/names';

/** How a value reads: a share of 1, a count of tokens, a time, a very small number, or a plain one. */
export const metricFormats = ['share', 'tokens', 'seconds', 'rate', 'small', 'number'] as const;
export type MetricFormat = (typeof metricFormats)[number];

export type Metric = {
  readonly name: string;
  readonly label: string;
  readonly format: MetricFormat;
  /** What it is, its unit, and which way is good, in one sentence. */
  readonly says: string;
};

const metric = (name: string, label: string, format: MetricFormat, says: string): Metric => ({
  name,
  label,
  format,
  says,
});

const byName = (metrics: readonly Metric[]): ReadonlyMap<string, Metric> =>
  new Map(metrics.map((one) => [one.name, one]));

const everywhere = [
  metric('loss', 'Loss', 'number', 'What the optimizer makes smaller.'),
  metric('gradNorm', 'Gradient norm', 'number', 'Length of the gradient before it is clipped.'),
  metric('learningRate', 'Learning rate', 'small', 'Step size of the optimizer.'),
  metric('trainSeconds', 'Training', 'seconds', 'Seconds that the gradient step took.'),
] as const;

const answers = [
  metric('reward', 'Reward', 'number', 'Mean reward of the answers: accuracy plus 0.5 for form.'),
  metric('accuracy', 'Accuracy', 'number', 'Mean accuracy reward, 0 to 1.'),
  metric('format', 'Form', 'number', 'Mean reward for form: 0.5 for one think and one answer tag, else 0.'),
  metric('consistent', 'Consistent', 'share', 'Of the answers decided either way, those whose thinking says the same.'),
  metric('repetition', 'Repetition', 'share', 'Mean share of tokens in repeated phrases.'),
  metric('thinkTokens', 'Thinking', 'tokens', 'Mean tokens of the thinking.'),
  metric('totalTokens', 'Response', 'tokens', 'Mean tokens of the whole response.'),
  metric('cutOff', 'Cut off', 'share', 'Answers that ran into the token limit.'),
  metric('samplesPerSecond', 'Samples per second', 'rate', 'Answers sampled in one second.'),
] as const;

const exploring = [
  metric('rewardStd', 'Spread within groups', 'number', 'Mean standard deviation of the reward within a group.'),
  metric('zeroVariance', 'Zero variance', 'share', 'Groups whose answers all earn the same, which teach nothing.'),
  metric('kl', 'KL to the reference', 'number', 'Distance from the policy that training began with, in nats.'),
  metric('approxKl', 'KL to the sampler', 'number', 'Distance from the policy that sampled these answers, in nats.'),
  metric('entropy', 'Entropy', 'number', 'Mean entropy of the next token in nats; near 0 nothing is explored.'),
  metric('clipFraction', 'Clipped', 'share', 'Tokens whose gradient the clip removed.'),
  metric('sampleSeconds', 'Sampling', 'seconds', 'Seconds spent sampling.'),
  metric('rewardSeconds', 'Scoring', 'seconds', 'Seconds spent waiting for the verifier.'),
] as const;

const aligning = [
  metric('sigmoid', 'Preference loss', 'number', 'The DPO part of the loss; it starts at ln 2 = 0.693.'),
  metric('nll', 'Likelihood loss', 'number', 'Negative log-likelihood of the chosen side per token, in nats.'),
  metric('margin', 'Margin', 'number', 'Reward of the chosen side minus that of the rejected one.'),
  metric('accuracy', 'Prefers chosen', 'share', 'Pairs of the step whose chosen side has the higher reward.'),
  metric('rewardChosen', 'Chosen', 'number', 'β × how much likelier than before the chosen side is, in nats.'),
  metric('rewardRejected', 'Rejected', 'number', 'β × how much likelier than before the rejected side is, in nats.'),
] as const;

const imitating = [metric('tokenAccuracy', 'Token accuracy', 'share', 'Tokens that the model itself would choose.')];
const sampling = [
  ...answers,
  metric('stepSeconds', 'Seconds a step', 'seconds', 'Seconds for one batch of questions.'),
];

const tables: Record<JobKind, ReadonlyMap<string, Metric>> = {
  grpo: byName([...everywhere, ...answers, ...exploring]),
  dpo: byName([...everywhere, ...aligning]),
  sft: byName([...everywhere, ...imitating]),
  rollout: byName(sampling),
  eval: byName(sampling),
};

/** What a name of the trainer means in a job of this kind; an unknown one speaks for itself. */
export const metricOf = (kind: JobKind, name: string): Metric =>
  tables[kind].get(name) ?? { name, label: name, format: 'number', says: 'The trainer reports it under this name.' };

export type MetricChart = { readonly id: string; readonly title: string; readonly metrics: readonly Metric[] };

type Spec = readonly [id: string, title: string, names: readonly string[]];

const learning: readonly Spec[] = [
  ['gradNorm', 'Gradient norm', ['gradNorm']],
  ['learningRate', 'Learning rate', ['learningRate']],
];

/** Charts of each kind in the order they are read; what a job does not report is left out. */
const specs: Record<JobKind, readonly Spec[]> = {
  grpo: [
    ['reward', 'Reward', ['reward', 'accuracy', 'format']],
    ['length', 'Length', ['totalTokens', 'thinkTokens']],
    ['consistent', 'Consistency', ['consistent']],
    ['zeroVariance', 'Groups that teach nothing', ['zeroVariance']],
    ['entropy', 'Entropy', ['entropy']],
    ['kl', 'KL divergence', ['kl', 'approxKl']],
    ['clipFraction', 'Clipped and cut off', ['clipFraction', 'cutOff']],
    ['rewardStd', 'Spread of rewards', ['rewardStd']],
    ['repetition', 'Repetition', ['repetition']],
    ['loss', 'Loss', ['loss']],
    ...learning,
    ['samplesPerSecond', 'Sampling speed', ['samplesPerSecond']],
    ['seconds', 'Where the time goes', ['sampleSeconds', 'rewardSeconds', 'trainSeconds']],
  ],
  dpo: [
    ['loss', 'Loss', ['loss', 'sigmoid', 'nll']],
    ['accuracy', 'Pairs it prefers rightly', ['accuracy']],
    ['margin', 'Margin', ['margin']],
    ['rewards', 'Implicit rewards', ['rewardChosen', 'rewardRejected']],
    ...learning,
    ['seconds', 'Seconds a step', ['trainSeconds']],
  ],
  sft: [
    ['loss', 'Loss', ['loss']],
    ['tokenAccuracy', 'Token accuracy', ['tokenAccuracy']],
    ...learning,
    ['seconds', 'Seconds a step', ['trainSeconds']],
  ],
  rollout: [
    ['reward', 'Reward so far', ['reward', 'accuracy', 'format']],
    ['length', 'Length so far', ['totalTokens', 'thinkTokens']],
    ['consistent', 'Consistency so far', ['consistent']],
    ['cutOff', 'Cut off so far', ['cutOff']],
    ['samplesPerSecond', 'Sampling speed', ['samplesPerSecond']],
    ['seconds', 'Seconds a step', ['stepSeconds']],
  ],
  eval: [
    ['reward', 'Score so far', ['accuracy', 'format']],
    ['consistent', 'Consistency so far', ['consistent']],
    ['length', 'Length so far', ['totalTokens', 'thinkTokens']],
    ['cutOff', 'Cut off so far', ['cutOff']],
    ['samplesPerSecond', 'Sampling speed', ['samplesPerSecond']],
    ['seconds', 'Seconds a step', ['stepSeconds']],
  ],
};

/** A trainer that invents a name every step must not draw a chart for each. */
const MOST_UNKNOWN = 24;

/** The charts of a job that reports these names: the known ones, then one plain chart for each other name. */
export const chartsOf = (kind: JobKind, names: ReadonlySet<string>): MetricChart[] => {
  const known = specs[kind].flatMap(([id, title, wanted]) => {
    const metrics = wanted.filter((name) => names.has(name)).map((name) => metricOf(kind, name));
    return metrics.length > 0 ? [{ id, title, metrics }] : [];
  });
  const drawn = new Set(specs[kind].flatMap(([, , wanted]) => wanted));
  const others = [...names].filter((name) => !drawn.has(name)).sort();
  return [
    ...known,
    ...others.slice(0, MOST_UNKNOWN).map((name) => {
      const one = metricOf(kind, name);
      return { id: `other ${name}`, title: one.label, metrics: [one] };
    }),
  ];
};
