/** Imports: what came in, what was refused and why, as it crosses HTTP. */
import { z } from 'zod';
import { taskSchema } from './task';

const count = z.int().nonnegative();
const named = z.object({ id: z.uuid(), name: z.string() });

export const importSchema = z.object({
  id: z.uuid(),
  fileName: z.string(),
  format: z.string().nullable(),
  bytes: z.number(),
  rolloutsNew: z.int(),
  rolloutsKnown: z.int(),
  questionsNew: z.int(),
  refused: z.int(),
  createdAt: z.string(),
  run: named.nullable(),
  questionSet: named.nullable(),
  task: taskSchema,
});
export type Import = z.infer<typeof importSchema>;

export const importPageSchema = z.object({ imports: z.array(importSchema), next: z.uuid().nullable() });

/** `at` is the line, or the record's number in files that are not lines. */
export const refusalSchema = z.object({ at: z.number(), reason: z.string() });
export type Refusal = Readonly<z.infer<typeof refusalSchema>>;
/** Refusals on one page; a shorter page is the last. */
export const REFUSAL_PAGE = 200;

/** What a finished import task carries as its result. */
export const importResultSchema = z.object({
  rolloutsNew: count,
  rolloutsKnown: count,
  questionsNew: count,
  refused: count,
  /** False when it was cancelled: running it again continues. */
  complete: z.boolean(),
  /** What was odd without being refused, by line; the first hundred. */
  warnings: z.array(refusalSchema).readonly(),
  warningCount: count,
  /** Name of the earlier import of these very bytes, which made this one needless. */
  sameAs: z.string().nullable(),
  /** Ids of the tasks it set off. */
  followUps: z.array(z.uuid()),
});
export type ImportResult = z.infer<typeof importResultSchema>;

const outcomeSchema = importResultSchema.pick({ warnings: true, warningCount: true, sameAs: true });
export type ImportOutcome = z.infer<typeof outcomeSchema>;

/** The part of an ended import's result that its row does not hold; undefined before the end. */
export const outcomeOf = ({ task }: Import): ImportOutcome | undefined => outcomeSchema.safeParse(task.result).data;

/** A file or folder below an import root. `bytes` is null for folders. */
export const importEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  folder: z.boolean(),
  bytes: z.number().nullable(),
});
export type ImportEntry = Readonly<z.infer<typeof importEntrySchema>>;
