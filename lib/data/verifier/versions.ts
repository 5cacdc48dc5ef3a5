import 'server-only';
/** Verifier versions: immutable, numbered in a project, the same settings never twice; and the readings they share. */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { db, type Transaction } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { readingOf } from '@/lib/domain/verifier/reading';
import { type VerifierSettings, verifierSettingsSchema } from '@/lib/domain/verifier/settings';
import { RULES_VERSION } from '@/lib/domain/verifier/version';

const versionSchema = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  number: z.int(),
  name: z.string(),
  readingId: z.uuid(),
  settings: verifierSettingsSchema,
  rulesVersion: z.int(),
  createdAt: z.date(),
});
export type VerifierVersion = z.infer<typeof versionSchema>;
const select = {
  id: true,
  projectId: true,
  number: true,
  name: true,
  readingId: true,
  settings: true,
  rulesVersion: true,
  createdAt: true,
} as const;

const fingerprint = (settings: Readonly<Record<string, unknown>>): string => {
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([RULES_VERSION, sorted]))
    .digest('hex');
};

/** The reading of these settings under today's rules, made if there is none. */
const ensureReading = async (tx: Transaction, projectId: string, settings: VerifierSettings): Promise<string> => {
  const reading = readingOf(settings);
  const sha256 = fingerprint(reading);
  const known = await tx.reading.findFirst({ where: { projectId, sha256 }, select: { id: true } });
  if (known) return known.id;
  const id = randomUUID();
  await tx.reading.create({ data: { id, projectId, rulesVersion: RULES_VERSION, settings: reading, sha256 } });
  return id;
};

/** The version with exactly these settings under today's rules, made under the next number if there is none. */
export const ensureVerifierVersion = async (
  tx: Transaction,
  projectId: string,
  name: string,
  settings: VerifierSettings,
  createdBy: string | null,
): Promise<VerifierVersion> => {
  const sha256 = fingerprint(settings);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`veripo.verifier.${projectId}`}))`;
  const known = await tx.verifierVersion.findFirst({ where: { projectId, sha256 }, select });
  if (known) return versionSchema.parse(known);
  const latest = await tx.verifierVersion.aggregate({ where: { projectId }, _max: { number: true } });
  const number = (latest._max.number ?? 0) + 1;
  const readingId = await ensureReading(tx, projectId, settings);
  const identity = { id: randomUUID(), projectId, number, name, settings, rulesVersion: RULES_VERSION, sha256 };
  const row = await tx.verifierVersion.create({ data: { ...identity, readingId, createdBy }, select });
  return versionSchema.parse(row);
};

/** Newest first. */
export const listVerifierVersions = async (viewer: Viewer): Promise<VerifierVersion[]> => {
  const rows = await db.verifierVersion.findMany({
    where: visibleTo(viewer),
    orderBy: { number: 'desc' },
    take: 200,
    select,
  });
  return rows.map((row) => versionSchema.parse(row));
};
