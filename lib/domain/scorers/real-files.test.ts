/** Scorers on the public VideoMMMU outputs, whose own evaluation logged a reward per row. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '@/lib/domain/formats/read';
import { readPredictions } from './read-predictions';
import { scorers } from './table';
import { settings } from './test-support';
import { videoR1Faults } from './video-r1-faults';

const folder = path.resolve('../shared/data/rollouts');
const here = existsSync(folder);
const files = [
  ...['greedy', 't01_p001_greedy', 't01_p01_greedy', 't02_p05_greedy'].map((name) => `videommmu_${name}.json`),
  'eval_vsibench_4d_llm.json',
];

describe.skipIf(!here)(`real files${here ? '' : ' (skipped: ../shared/data is absent)'}`, () => {
  test.each(files)('%s: video-r1 with its faults gives the reward that was logged', async (name) => {
    const score = scorers['video-r1'].open({ ...settings, faults: new Set(videoR1Faults) });
    const differing = [];
    for await (const record of readPredictions('video-r1-eval', sourceOf(await readFile(path.join(folder, name))))) {
      if (record.type === 'refusal' || 'refused' in record.rollout) throw new Error('a row was refused');
      const scored = score(record);
      const logged = record.rollout.loggedReward;
      if (!('score' in scored) || scored.score !== logged) differing.push({ at: record.at, scored, logged });
    }
    expect(differing).toEqual([]);
  });
});
