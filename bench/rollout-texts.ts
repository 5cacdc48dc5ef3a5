/** Chains of real lengths for benchmarks: the VideoMMMU outputs where they are, else made-up words of the same sizes. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { ImportedQuestion } from '@/lib/domain/formats/import-record';
import { root } from '@/scripts/root';

export type SampleText = { readonly question: ImportedQuestion; readonly response: string };

const names = ['greedy', 't01_p001_greedy', 't01_p01_greedy', 't02_p05_greedy'];

/** The real texts with their questions; undefined where the data is absent. */
export const realSamples = async (): Promise<readonly SampleText[] | undefined> => {
  const { readRecords, sourceOf } = await import('@/lib/domain/formats/read');
  const files = names.map((name) => path.join(root, '../shared/data/rollouts', `videommmu_${name}.json`));
  if (!files.every((file) => existsSync(file))) return undefined;
  const samples: SampleText[] = [];
  for (const file of files) {
    for await (const record of readRecords('video-r1-eval', sourceOf(readFileSync(file)))) {
      if (record.type === 'rollout') samples.push(record.rollout);
    }
  }
  return samples;
};

/** Lengths in characters of the real outputs: deciles, measured once. */
const deciles = z.array(z.number()).parse([900, 1150, 1300, 1450, 1600, 1750, 1950, 2250, 2900, 7000]);
const words =
  'the video shows a red square that moves to the left while we count each frame and so the answer must be'.split(' ');

/** Made-up samples, the same for the same `count`. */
export const syntheticSamples = (count: number): readonly SampleText[] =>
  Array.from({ length: count }, (_, at) => {
    const length = deciles[at % deciles.length] ?? 1500;
    let text = '';
    for (let word = at; text.length < length; word += 7) text += `${words[word % words.length]} `;
    const letter = 'ABCD'[at % 4] ?? 'A';
    const question: ImportedQuestion = {
      key: `q${at}`,
      prompt: `What happens in clip ${at}?`,
      kind: 'choice',
      options: ['it turns', 'it falls', 'it stops', 'it grows'],
      truth: 'B',
      modality: 'video',
      mediaPath: null,
      split: null,
      source: null,
    };
    return { question, response: `<think>${text}So the answer is ${letter}.</think>\n<answer>${letter}</answer>` };
  });
