/** For `*.db.test.ts` of this folder: people, files and the fixtures that many tests share. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@/lib/config';
import { db } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';

/** A person in a project of their own. */
export const seedOwner = async (): Promise<Viewer & { readonly projectId: string }> => {
  const userId = randomUUID();
  const projectId = randomUUID();
  await db.user.create({ data: { id: userId, name: 'Owner', email: `${userId}@example.org` } });
  await db.project.create({ data: { id: projectId, name: 'Project' } });
  await db.member.create({ data: { projectId, userId, role: 'owner' } });
  return { userId, projectId };
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
