import 'server-only';
/** Making an import: its run, iteration, question set and task, before a byte is read. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { db, type Transaction } from '@/lib/data/db';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import { engineers, getViewerProject, type Viewer } from '@/lib/data/viewer';
import { type Format, formats } from '@/lib/domain/formats/import-record';
import { type Stage, stageSchema } from '@/lib/domain/rollout';
import { storableString } from '@/lib/domain/text/storable';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { AppError } from '@/lib/errors';
import { type ImportPayload, importDoors, importPlaceSchema } from './payload';

const nameSchema = storableString().trim().min(1).max(200);
export const newImportSchema = z.object({
  door: z.enum(importDoors),
  place: importPlaceSchema,
  fileName: storableString().min(1).max(500),
  /** Size in bytes; 0 when nobody knows yet. */
  bytes: z.int().nonnegative(),
  format: z.enum(formats),
  /** Name of the run, made when there is none. Files of questions need none; ours then need `set`. */
  run: nameSchema.optional(),
  /** Name of the question set; the run's name for rollouts, the file's stem for questions. */
  set: nameSchema.optional(),
  iteration: z.int().min(0).max(10_000).default(0),
  stage: stageSchema.optional(),
  source: nameSchema.optional(),
});
export type NewImport = z.input<typeof newImportSchema>;

const questionFormats: readonly Format[] = ['veripo-questions', 'video-r1-questions'];
const evaluationFormats: readonly Format[] = ['video-r1-eval', 'veripo-predictions'];

/** Whether a file is to hold questions and no rollouts: by its format; ours when a set is named for it and no run. */
const holdsQuestions = ({ format, set, run }: z.output<typeof newImportSchema>): boolean =>
  questionFormats.includes(format) || (format === 'studio-ndjson' && set !== undefined && run === undefined);

const defaultStage = (format: Format): Stage => (evaluationFormats.includes(format) ? 'eval' : 'grpo');

/** File name without folder and last extension. */
const fileStem = (fileName: string): string => path.parse(fileName).name || 'file';

/** The run of this name, with its iteration `k`; both are made when missing. */
const ensureIteration = async (tx: Transaction, projectId: string, name: string, k: number, userId: string) => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`veripo.run.${projectId}`}))`;
  const known = await tx.run.findFirst({ where: { projectId, name }, select: { id: true } });
  const runId = known?.id ?? randomUUID();
  if (!known) {
    const version = await ensureVerifierVersion(tx, projectId, 'Default', defaultVerifierSettings, userId);
    await tx.run.create({ data: { id: runId, projectId, name, verifierVersionId: version.id } });
  }
  const turn = await tx.iteration.findFirst({ where: { runId, k }, select: { id: true } });
  const iterationId = turn?.id ?? randomUUID();
  if (!turn) await tx.iteration.create({ data: { id: iterationId, projectId, runId, k, state: 'imported' } });
  return { runId, iterationId };
};

/** The question set of this name, made when missing. */
const ensureQuestionSet = async (tx: Transaction, projectId: string, name: string): Promise<string> => {
  await tx.questionSet.createMany({ data: [{ id: randomUUID(), projectId, name }], skipDuplicates: true });
  const set = await tx.questionSet.findFirstOrThrow({ where: { projectId, name }, select: { id: true } });
  return set.id;
};

export type CreatedImport = { readonly id: string; readonly projectId: string; readonly payload: ImportPayload };

/**
 * Makes the import and its task (one id for both) and hands them to `then` inside the transaction, which is where a
 * queue entry belongs. Throws `invalid` for rollouts without a run, `not_found` for viewers who may not import.
 */
export const createImport = async (
  viewer: Viewer,
  input: NewImport,
  then: (tx: Transaction, created: CreatedImport) => Promise<void> = async () => {},
): Promise<CreatedImport> => {
  const wanted = newImportSchema.parse(input);
  const project = await getViewerProject(viewer, engineers);
  const questionsOnly = holdsQuestions(wanted);
  if (!questionsOnly && wanted.run === undefined) {
    throw new AppError('invalid', 'Rollouts belong to a run: name one (an unknown name makes a new run)');
  }
  return db.$transaction(async (tx) => {
    const { runId, iterationId } =
      questionsOnly || wanted.run === undefined
        ? { runId: null, iterationId: null }
        : await ensureIteration(tx, project.id, wanted.run, wanted.iteration, viewer.userId);
    const setName = wanted.set ?? (questionsOnly ? fileStem(wanted.fileName) : wanted.run) ?? 'Questions';
    const questionSetId = await ensureQuestionSet(tx, project.id, setName);
    const payload: ImportPayload = {
      door: wanted.door,
      place: wanted.place,
      format: wanted.format,
      runId,
      iterationId,
      questionSetId,
      stage: wanted.stage ?? defaultStage(wanted.format),
      source: wanted.source ?? fileStem(wanted.fileName),
      sourceGiven: wanted.source !== undefined,
    };
    const id = randomUUID();
    const title = `Import ${path.basename(wanted.fileName)}`;
    const total = wanted.bytes > 0 ? wanted.bytes : null;
    await tx.task.create({
      data: {
        id,
        projectId: project.id,
        kind: 'import',
        title,
        payload,
        unit: 'bytes',
        total,
        createdBy: viewer.userId,
      },
    });
    const { fileName, format, bytes } = wanted;
    await tx.import.create({ data: { id, projectId: project.id, runId, questionSetId, fileName, format, bytes } });
    const created = { id, projectId: project.id, payload };
    await then(tx, created);
    return created;
  });
};
