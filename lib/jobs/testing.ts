/** For `*.db.test.ts` of this folder: people, files and the fixtures that many tests share. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@/lib/config';
import { seedProject } from '@/lib/data/testing/seed';
import type { Viewer } from '@/lib/data/viewer';

/** A person in a project of their own. */
export const seedOwner = async (): Promise<Viewer & { readonly projectId: string }> => {
  const { projectId, owner } = await seedProject();
  return { ...owner, projectId };
};

/** Writes a file below the test's data folder and returns its path. */
export const writeTestFile = async (name: string, content: string | Uint8Array): Promise<string> => {
  const file = path.join(config().VERIPO_DATA_DIR, name);
  await writeFile(file, content);
  return file;
};

/** One line of studio NDJSON. */
export const rolloutLine = (key: string, response: string, more: object = {}, question: object = {}): string =>
  JSON.stringify({
    veripo: 1,
    type: 'rollout',
    question: {
      key,
      prompt: `What is in ${key}?`,
      kind: 'choice',
      options: ['a cat', 'a dog'],
      truth: 'B',
      ...question,
    },
    response,
    ...more,
  });

export const chain = (letter: string, words = 'I look at the frames and see it clearly in all of them.'): string =>
  `<think>${words} So the answer is ${letter}.</think><answer>${letter}</answer>`;

const data = path.resolve('../shared/data');
/** The path of a file of the real data, and whether it is there; a test without it is skipped. */
export const realData = (...parts: readonly string[]): { readonly file: string; readonly absent: boolean } => {
  const file = path.join(data, ...parts);
  return { file, absent: !existsSync(file) };
};
