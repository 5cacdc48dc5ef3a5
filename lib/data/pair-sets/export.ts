import 'server-only';
/** Exporting a frozen set: its items in order, a batch at a time, through the line writers of lib/domain/formats. */
import path from 'node:path';
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { formatPair, pairFormats } from '@/lib/domain/formats/pair-export';
import { pairTypeSchema } from '@/lib/domain/pair';
import { exportFileName } from '@/lib/domain/pairs/pair-set-view';
import { userTurn } from '@/lib/domain/pairs/user-turn';
import { kindSchema, modalitySchema } from '@/lib/domain/question';
import { AppError } from '@/lib/errors';

const ITEMS_PER_BATCH = 200;

export const exportOptionsSchema = z.object({
  format: z.enum(pairFormats),
  /** Folder of the videos on the trainer's machine, put before paths that are relative; as stated without it. */
  mediaRoot: z
    .string()
    .max(1000)
    .refine((root) => path.posix.isAbsolute(root), 'The media root must be an absolute path')
    .optional(),
  /** Said after each question, instead of the default of its kind; empty for none. */
  instruction: z.string().max(4000).optional(),
});
export type ExportOptions = z.infer<typeof exportOptionsSchema>;

const itemSchema = z.object({
  position: z.int(),
  pair_id: z.uuid(),
  type: pairTypeSchema,
  chosen: z.string(),
  rejected: z.string(),
  kind: kindSchema,
  modality: modalitySchema,
  prompt: z.string(),
  options: z.array(z.string()),
  media_path: z.string().nullable(),
});
type Item = z.infer<typeof itemSchema>;

const mediaPathOf = (stated: string | null, root: string | undefined): string | null =>
  stated === null || root === undefined || path.posix.isAbsolute(stated) ? stated : path.posix.join(root, stated);

const lineOf = (item: Item, { format, mediaRoot, instruction }: ExportOptions): string =>
  formatPair(format, {
    id: item.pair_id,
    type: item.type,
    prompt: userTurn(item, instruction ?? null),
    system: null,
    chosen: item.chosen,
    rejected: item.rejected,
    modality: item.modality,
    mediaPath: mediaPathOf(item.media_path, mediaRoot),
  });

async function* readLines(id: string, options: ExportOptions): AsyncGenerator<string> {
  let after = 0;
  for (;;) {
    const { rows } = await pool.query(
      `SELECT i.position, i.pair_id, i.type, i.chosen, i.rejected, q.kind, q.modality, q.prompt, q.options, q.media_path
       FROM pair_set_item i JOIN question q ON q.id = i.question_id
       WHERE i.pair_set_id = $1 AND i.position > $2 ORDER BY i.position LIMIT ${ITEMS_PER_BATCH}`,
      [id, after],
    );
    const items = rows.map((row) => itemSchema.parse(row));
    for (const item of items) yield lineOf(item, options);
    after = items.at(-1)?.position ?? after;
    if (items.length < ITEMS_PER_BATCH) return;
  }
}

export type PairSetExport = {
  readonly fileName: string;
  /** Lines that `lines` will yield. */
  readonly count: number;
  readonly lines: AsyncGenerator<string>;
};

/**
 * The lines of a frozen set, in the order of its manifest: the same set and options give the same bytes, always.
 * Nothing is held in memory but one batch. Throws `not_found` for foreign sets too.
 */
export const exportPairSet = async (viewer: Viewer, id: string, options: ExportOptions): Promise<PairSetExport> => {
  const set = await db.pairSet.findFirst({
    where: { id, ...visibleTo(viewer) },
    select: { number: true, pairCount: true },
  });
  if (!set) throw new AppError('not_found', 'Pair set not found');
  return {
    fileName: exportFileName(set.number, options.format),
    count: set.pairCount,
    lines: readLines(id, options),
  };
};
