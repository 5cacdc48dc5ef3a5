import 'server-only';
/** The question sets of a recorded run as files that the studio imports. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { formatStudioQuestion } from '@/lib/domain/formats/readers/studio-ndjson';
import { kindSchema, modalitySchema } from '@/lib/domain/question';

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

/** Writes each set of the project below `folder`, its questions in their order. */
export const writeQuestionSets = async (
  projectId: string,
  folder: string,
  ids: readonly string[],
): Promise<readonly WrittenSet[]> => {
  const sets = await db.questionSet.findMany({
    where: { projectId, id: { in: [...ids] } },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, questions: { orderBy: { seq: 'asc' }, select: columns } },
  });
  const written = sets.map(({ id, name }, at) => ({ id, name, file: fileOf(name, at) }));
  for (const [at, { file }] of written.entries()) {
    const questions = z.array(questionRow).parse(sets[at]?.questions);
    await writeFile(path.join(folder, file), questions.map(formatStudioQuestion).join(''));
  }
  return written;
};
