import 'server-only';
/** Frozen pair sets: lists, one in detail, its manifest as the bytes that its sha256 names. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { pairSetManifestSchema, serializeManifest } from '@/lib/domain/pairs/manifest';
import {
  type PairSetDetail,
  type PairSetSummary,
  pairSetDetailSchema,
  pairSetSummarySchema,
} from '@/lib/domain/pairs/pair-set-view';
import { modalitySchema } from '@/lib/domain/question';
import { AppError } from '@/lib/errors';
import type { Prisma } from '@/prisma/generated/client';

const select = {
  id: true,
  number: true,
  pairCount: true,
  sha256: true,
  createdAt: true,
  iterationId: true,
  run: { select: { id: true, name: true } },
  iteration: { select: { k: true } },
  createdByUser: { select: { name: true } },
} satisfies Prisma.PairSetSelect;

const summaryOf = (row: Prisma.PairSetGetPayload<{ select: typeof select }>) => ({
  ...row,
  runId: row.run.id,
  runName: row.run.name,
  k: row.iteration.k,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdByUser?.name ?? null,
});

export type PairSetFilters = { readonly runId?: string | undefined };

/** Newest first, without manifests. At most 500. */
export const listPairSets = async (viewer: Viewer, { runId }: PairSetFilters = {}): Promise<PairSetSummary[]> => {
  const rows = await db.pairSet.findMany({
    where: { ...visibleTo(viewer), ...(runId === undefined ? {} : { runId }) },
    orderBy: [{ number: 'desc' }, { id: 'asc' }],
    take: 500,
    select,
  });
  return rows.map((row) => pairSetSummarySchema.parse(summaryOf(row)));
};

/** The id of the viewer's set with this number. Throws `not_found`. */
export const findPairSetByNumber = async (viewer: Viewer, number: number): Promise<string> => {
  const row = await db.pairSet.findFirst({
    where: { number, ...visibleTo(viewer) },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  if (!row) throw new AppError('not_found', `There is no pair set ${number}`);
  return row.id;
};

const modalityCount = z.object({ modality: modalitySchema, count: z.coerce.number() });

/** Throws `not_found` for foreign sets too. */
export const getPairSet = async (viewer: Viewer, id: string): Promise<PairSetDetail> => {
  const row = await db.pairSet.findFirst({
    where: { id, ...visibleTo(viewer) },
    select: { ...select, manifest: true },
  });
  if (!row) throw new AppError('not_found', 'Pair set not found');
  const { counts, filters, verifierVersion, reviewers } = pairSetManifestSchema.parse(row.manifest);
  const { rows } = await pool.query(
    `SELECT q.modality, count(*) AS count FROM pair_set_item i JOIN question q ON q.id = i.question_id
     WHERE i.pair_set_id = $1 GROUP BY 1`,
    [id],
  );
  const byModality = { video: 0, image: 0, text: 0 };
  for (const found of rows) {
    const { modality, count } = modalityCount.parse(found);
    byModality[modality] = count;
  }
  return pairSetDetailSchema.parse({ ...summaryOf(row), counts, filters, verifierVersion, reviewers, byModality });
};

/** The manifest as text; the sha256 of its UTF-8 names the set. Throws `not_found` for foreign sets too. */
export const getPairSetManifest = async (viewer: Viewer, id: string): Promise<{ number: number; text: string }> => {
  const row = await db.pairSet.findFirst({
    where: { id, ...visibleTo(viewer) },
    select: { number: true, manifest: true },
  });
  if (!row) throw new AppError('not_found', 'Pair set not found');
  return { number: row.number, text: serializeManifest(pairSetManifestSchema.parse(row.manifest)) };
};
