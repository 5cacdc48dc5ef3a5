import { describe, expect, test } from 'vitest';
import { sliceName } from '@/lib/domain/slices/slice';
import { publishedFigureSchema, publishedFigures, publishedOf, publishedShare, sourcesOf } from './figures';

const rows = publishedFigures.map(({ benchmark, metric, model, parameters, stage, value }) =>
  [benchmark, metric, [model, parameters].filter(Boolean).join(' '), stage ? sliceName(stage) : null, value].join(
    ' | ',
  ),
);

describe('the published table', () => {
  test('holds the figures of the method, each and no other', () => {
    expect(rows).toEqual([
      'video-mmmu | inconsistency | VerIPO | GRPO 1 | 15.56',
      'tomato | inconsistency | VerIPO | GRPO 1 | 17.39',
      'mmvu | inconsistency | VerIPO | GRPO 1 | 13.28',
      'video-mmmu | inconsistency | VerIPO | DPO 1 | 13.44',
      'tomato | inconsistency | VerIPO | DPO 1 | 10.98',
      'mmvu | inconsistency | VerIPO | DPO 1 | 8',
      'video-mmmu | inconsistency | VerIPO | GRPO 2 | 11.56',
      'tomato | inconsistency | VerIPO | GRPO 2 | 12.67',
      'mmvu | inconsistency | VerIPO | GRPO 2 | 11.04',
      'video-mmmu | inconsistency | VerIPO | DPO 2 | 4.56',
      'tomato | inconsistency | VerIPO | DPO 2 | 2.49',
      'mmvu | inconsistency | VerIPO | DPO 2 | 2.24',
      'vsi-bench | accuracy | Gemma3-IT 12B |  | 32.4',
      'vsi-bench | accuracy | GPT-4o |  | 34',
      'vsi-bench | accuracy | Video-R1 7B |  | 35.8',
      'vsi-bench | accuracy | Kimi-VL 16B-A3B |  | 37.4',
      'vsi-bench | accuracy | Qwen2.5-VL 7B |  | 37.5',
      'vsi-bench | accuracy | VerIPO 7B |  | 41.8',
    ]);
  });

  test('cites where each comes from', () => {
    expect(sourcesOf(publishedFigures)).toEqual([
      'VerIPO (Li et al., 2025), arXiv:2505.19000, figure 1 (C)',
      'VerIPO (Li et al., 2025), arXiv:2505.19000, figure 1 (F)',
    ]);
    expect(sourcesOf(publishedOf('vsi-bench', 'accuracy'))).toHaveLength(1);
  });

  test.each([
    ['video-mmmu', 'inconsistency', 4],
    ['video-mmmu', 'accuracy', 0],
    ['vsi-bench', 'accuracy', 6],
    ['vsi-bench', 'inconsistency', 0],
    ['lvbench', 'accuracy', 0],
    [null, 'accuracy', 0],
  ] as const)('%s has %s figures: %i', (benchmark, metric, count) => {
    expect(publishedOf(benchmark, metric)).toHaveLength(count);
  });

  test('as shares they have the digits that are printed', () => {
    expect(publishedFigures.map(publishedShare).every((share) => String(share).length <= '0.1234'.length)).toBe(true);
    expect(publishedShare({ value: 15.56 })).toBe(0.1556);
  });

  test.each([
    ['an unknown benchmark', { benchmark: 'imagenet' }],
    ['no number', { value: Number.NaN }],
    ['more than all', { value: 100.1 }],
    ['no source', { source: 'hearsay' }],
    ['no model', { model: '' }],
  ])('a line with %s is no figure', (_, slip) => {
    expect(publishedFigureSchema.safeParse({ ...publishedFigures[0], ...slip }).success).toBe(false);
  });
});
