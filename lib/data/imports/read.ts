import 'server-only';
/** Reading imports: what came in, from where, and what was refused. */
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { type Task, taskOfRow, taskSelect } from '@/lib/data/tasks/read';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { REFUSAL_PAGE, type Refusal } from '@/lib/domain/import';
import { AppError } from '@/lib/errors';

const PAGE = 50;

const rowSchema = z.object({
  id: z.uuid(),
  fileName: z.string(),
  format: z.string().nullable(),
  bytes: z.bigint().transform(Number),
  rolloutsNew: z.int(),
  rolloutsKnown: z.int(),
  questionsNew: z.int(),
  refused: z.int(),
  createdAt: z.date(),
  run: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  questionSet: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
const select = {
  id: true,
  fileName: true,
  format: true,
  bytes: true,
  rolloutsNew: true,
  rolloutsKnown: true,
  questionsNew: true,
  refused: true,
  createdAt: true,
  run: { select: { id: true, name: true } },
  questionSet: { select: { id: true, name: true } },
  task: { select: taskSelect },
} as const;

export type Import = z.infer<typeof rowSchema> & { readonly task: Task };

const importOf = ({ task, ...row }: { task: unknown; [column: string]: unknown }): Import => ({
  ...rowSchema.parse(row),
  task: taskOfRow(task),
});

/** Newest first, 50 a page; `before` is the `next` of the page before. */
export const listImports = async (
  viewer: Viewer,
  before?: string,
): Promise<{ imports: Import[]; next: string | null }> => {
  const rows = await db.import.findMany({
    where: visibleTo(viewer),
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PAGE + 1,
    ...(before ? { cursor: { id: before }, skip: 1 } : {}),
    select,
  });
  const imports = rows.slice(0, PAGE).map(importOf);
  return { imports, next: rows.length > PAGE ? (imports.at(-1)?.id ?? null) : null };
};

/** Throws `not_found` for foreign imports too. */
export const getImport = async (viewer: Viewer, id: string): Promise<Import> => {
  const row = await db.import.findFirst({ where: { id, ...visibleTo(viewer) }, select });
  if (!row) throw new AppError('not_found', 'Import not found');
  return importOf(row);
};

/** Stored refusals in file order, 200 a page, after line `after`. Throws `not_found` for foreign imports. */
export const listRefusals = async (viewer: Viewer, importId: string, after = 0): Promise<Refusal[]> => {
  await getImport(viewer, importId);
  const rows = await db.importRefusal.findMany({
    where: { importId, at: { gt: after }, import: visibleTo(viewer) },
    orderBy: { at: 'asc' },
    take: REFUSAL_PAGE,
    select: { at: true, reason: true },
  });
  return rows.map(({ at, reason }) => ({ at: Number(at), reason }));
};
