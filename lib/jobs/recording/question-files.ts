import 'server-only';
/** The question sets of a recorded run as files that the studio imports. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { formatStudioQuestion } from '@/lib/domain/formats/readers/studio-ndjson';
import { kindSchema, modalitySchema } from '@/lib/domain/question';
import { AppError } from '@/lib/errors';

const questionRow = z.object({
  key: z.string(),
  kind: kindSchema,
  modality: modalitySchema,
  prompt: z.string(),
  options: z.array(z.string()),
  truth: z.string(),
  mediaPath: z.string().nullable(),
  split: z.string().nullable(),
  source: z.string().nullable(),
});
const columns = {
  key: true,
  kind: true,
  modality: true,
  prompt: true,
  options: true,
  truth: true,
  mediaPath: true,
  split: true,
  source: true,
} as const;

export type WrittenSet = { readonly id: string; readonly name: string; readonly file: string };

/** A name that is a file's already, else a number. */
const fileOf = (name: string, at: number): string =>
  `questions/${/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(name) ? name : `set-${at + 1}`}.ndjson`;

const linesOf = (text: string): string => text.split('\n').sort().join('\n');

/** Another recording in `folder` reads this file, which stays as it is. An import gives questions an order of its own. */
const requireSame = async (folder: string, file: string, text: string): Promise<void> => {
  const there = await readFile(path.join(folder, file), 'utf8').catch((cause: unknown) => {
    throw new AppError('conflict', `There is no ${file} in ${folder}: this run asked what was not asked there`, {
      cause,
    });
  });
  if (linesOf(there) === linesOf(text)) return;
  throw new AppError(
    'conflict',
    `${file} holds other questions in ${folder}: record this run into a folder of its own`,
  );
};

/**
 * Writes each set of the project below `folder`, its questions in their order; where they are `shared`, makes sure that
 * they are there already. Throws `conflict` where they are not.
 */
export const writeQuestionSets = async (
  projectId: string,
  folder: string,
  ids: readonly string[],
  shared: boolean,
): Promise<readonly WrittenSet[]> => {
  const sets = await db.questionSet.findMany({
    where: { projectId, id: { in: [...ids] } },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, questions: { orderBy: { seq: 'asc' }, select: columns } },
  });
  const written = sets.map(({ id, name }, at) => ({ id, name, file: fileOf(name, at) }));
  for (const [at, { file }] of written.entries()) {
    const questions = z.array(questionRow).parse(sets[at]?.questions);
    const text = questions.map(formatStudioQuestion).join('');
    await (shared ? requireSame(folder, file, text) : writeFile(path.join(folder, file), text));
  }
  return written;
};
