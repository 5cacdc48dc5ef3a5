import { describe, expect, test } from 'vitest';
import { benchmarkFacts, benchmarkOf, benchmarks, chosenBenchmark, storedBenchmarkChoiceSchema } from './benchmark';

describe('the benchmark of a name', () => {
  // The first ten are the names of the real files that questions and rollouts come in.
  test.each([
    ['lvbench', 'lvbench'],
    ['mmvu', 'mmvu'],
    ['tomato', 'tomato'],
    ['video_mme', 'video-mme'],
    ['vsi_bench', 'vsi-bench'],
    ['videommmu_greedy', 'video-mmmu'],
    ['videommmu_t01_p001_greedy', 'video-mmmu'],
    ['videommmu_t01_p01_greedy', 'video-mmmu'],
    ['videommmu_t02_p05_greedy', 'video-mmmu'],
    ['eval_vsibench_4d_llm', 'vsi-bench'],
    ['vsi_bench.json', 'vsi-bench'],
    ['Video-MMMU', 'video-mmmu'],
    ['VideoMMMU', 'video-mmmu'],
    ['VideoMMMUEval', 'video-mmmu'],
    ['Video MMMU (dev)', 'video-mmmu'],
    ['VSIBench', 'vsi-bench'],
    ['VSI-Bench, greedy', 'vsi-bench'],
    ['our-run/VSI_BENCH/7B', 'vsi-bench'],
    ['Video-MME w/o subtitles', 'video-mme'],
    ['TOMATO v1', 'tomato'],
    ['LVBench', 'lvbench'],
    ['ＶＳＩ－Ｂｅｎｃｈ', 'vsi-bench'],
  ] as const)('%s', (name, benchmark) => expect(benchmarkOf(name)).toBe(benchmark));

  test.each([
    ['nothing', ''],
    ['a set of our own', 'moving-shapes held out'],
    ['the benchmark of images', 'MMMU'],
    ['another with a like name', 'LongVideoBench'],
    ['the one for images', 'MME'],
    ['a plural', 'tomatoes'],
    ['an ending of a longer word', 'automato'],
    ['two at once', 'tomato and mmvu'],
    ['other files of the shared data', 'gpt_video_responses_multiround'],
    ['a reward log', 'reward_log_4d_llm'],
    ['a name of an object', '__proto__'],
    ['its maker', 'constructor'],
    ['look-alike letters', 'tоmаtо'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['a lone surrogate', '\ud800\u0000'],
    ['one far behind the end', `${'x '.repeat(150)}tomato`],
  ])('none: %s', (_, name) => expect(benchmarkOf(name)).toBeNull());

  test('only the beginning of a name as long as a book is read', () => {
    expect(benchmarkOf(`${'aA'.repeat(500_000)} tomato`)).toBeNull();
    expect(benchmarkOf(`tomato ${'- '.repeat(500_000)}`)).toBe('tomato');
  });

  test.each(benchmarks)('%s is known by its own name and its id', (benchmark) => {
    expect(benchmarkOf(benchmarkFacts[benchmark].name)).toBe(benchmark);
    expect(benchmarkOf(benchmark)).toBe(benchmark);
  });
});

test.each([
  [null, 'videommmu', 'video-mmmu'],
  [null, 'ours', null],
  ['none', 'videommmu', null],
  ['tomato', 'videommmu', 'tomato'],
  ['mmvu', 'ours', 'mmvu'],
] as const)('the choice %s for a set named %s', (choice, name, benchmark) => {
  expect(chosenBenchmark(choice, name)).toBe(benchmark);
});

test('a stored choice of another time follows the name', () => {
  expect(storedBenchmarkChoiceSchema.parse('benchmark-of-2031')).toBeNull();
  expect(storedBenchmarkChoiceSchema.parse('none')).toBe('none');
});
