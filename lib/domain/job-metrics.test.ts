import { expect, test } from 'vitest';
import { chartsOf, metricOf } from './job-metrics';

const ids = (...args: Parameters<typeof chartsOf>) => chartsOf(...args).map(({ id }) => id);

test.each([
  ['nothing reported', 'grpo', [], []],
  ['reward with its parts in one chart', 'grpo', ['format', 'accuracy', 'reward'], ['reward']],
  ['no KL without a reference', 'grpo', ['approxKl', 'entropy'], ['entropy', 'kl']],
  ['DPO with NLL', 'dpo', ['nll', 'loss', 'sigmoid', 'margin'], ['loss', 'margin']],
  ['an engine with names of its own', 'sft', ['loss', 'zeta', 'alpha'], ['loss', 'other alpha', 'other zeta']],
  ['a name of the prototype', 'eval', ['constructor', '__proto__'], ['other __proto__', 'other constructor']],
] as const)('charts: %s', (_name, kind, names, expected) => {
  expect(ids(kind, new Set(names))).toEqual(expected);
});

test('a trainer that invents names without end fills no page', () => {
  expect(chartsOf('grpo', new Set(Array.from({ length: 500 }, (_, at) => `n${at}`)))).toHaveLength(24);
});

test.each([
  ['in GRPO it is a reward', 'grpo', 'number'],
  ['in DPO it is the share of pairs', 'dpo', 'share'],
] as const)('accuracy: %s', (_name, kind, format) => {
  expect(metricOf(kind, 'accuracy').format).toBe(format);
});

// What trainer/veripo_trainer/engine/*.py writes; a name that it gains must be given words here.
test.each([
  [
    'grpo',
    'sampleSeconds rewardSeconds samplesPerSecond reward accuracy format consistent repetition totalTokens thinkTokens cutOff rewardStd zeroVariance loss kl approxKl clipFraction entropy gradNorm learningRate trainSeconds',
  ],
  ['dpo', 'loss sigmoid rewardChosen rewardRejected margin accuracy nll gradNorm learningRate trainSeconds'],
  ['sft', 'loss tokenAccuracy gradNorm learningRate trainSeconds'],
  ['eval', 'accuracy format consistent thinkTokens totalTokens cutOff samplesPerSecond stepSeconds'],
  ['rollout', 'reward accuracy format consistent thinkTokens totalTokens cutOff samplesPerSecond stepSeconds'],
] as const)('every name of the built-in engine is drawn and has words: %s', (kind, names) => {
  const charts = chartsOf(kind, new Set(names.split(' ')));
  expect(charts.filter(({ id }) => id.startsWith('other '))).toEqual([]);
  expect(new Set(charts.flatMap(({ metrics }) => metrics.map(({ name }) => name)))).toEqual(new Set(names.split(' ')));
});
