import 'server-only';
/** The local owner: who the one-time link signs in, and whom the command line acts as. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import type { Viewer } from '@/lib/data/viewer';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { issueLinkToken } from './auth';

const OWNER = { id: 'local-owner', email: 'owner@studio.local', name: 'Owner' } as const;

/** The owner of this installation, made with a first project on first use. Safe to call from several processes. */
export const ensureLocalOwner = async (): Promise<Viewer> => {
  await db.user.createMany({ data: [{ ...OWNER, emailVerified: true }], skipDuplicates: true });
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('veripo.first-project'))`;
    if (await tx.member.findFirst({ where: { userId: OWNER.id } })) return;
    const project = await tx.project.create({ data: { id: randomUUID(), name: 'My project' } });
    await tx.member.create({ data: { projectId: project.id, userId: OWNER.id, role: 'owner' } });
    await ensureVerifierVersion(tx, project.id, 'Default', defaultVerifierSettings, OWNER.id);
  });
  return { userId: OWNER.id };
};

/** One link that signs the local owner in once, within a day. */
export const createSignInLink = async (baseUrl: string): Promise<string> => {
  await ensureLocalOwner();
  const url = new URL('/sign-in/link', baseUrl);
  url.searchParams.set('token', await issueLinkToken(OWNER.email));
  return url.href;
};
