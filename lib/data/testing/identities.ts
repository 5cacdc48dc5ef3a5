/** For `*.db.test.ts` only: everybody who may come to a door. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import type { SeededProject } from './seed';

export const outsiders = [
  'nobody we know',
  'the owner of another project',
  'an engineer who has left',
  'a token for another project of the same person',
] as const;
export const insiders = ['a reviewer', 'an engineer', 'the owner', 'a token of the owner'] as const;

const join = async (projectId: string, role: string): Promise<Viewer> => {
  const userId = randomUUID();
  await db.user.create({ data: { id: userId, name: role, email: `${userId}@test.local` } });
  await db.member.create({ data: { projectId, userId, role } });
  return { userId };
};

/** Viewers by the names above, as they stand to `project`; `foreign` is another one. */
export const seedIdentities = async (
  { projectId, owner, reviewer }: SeededProject,
  foreign: SeededProject,
): Promise<ReadonlyMap<string, Viewer>> => {
  const leaver = await join(projectId, 'engineer');
  await db.member.deleteMany({ where: { userId: leaver.userId } });
  const wanderer = await join(projectId, 'owner');
  await db.member.create({ data: { projectId: foreign.projectId, userId: wanderer.userId, role: 'owner' } });
  return new Map<string, Viewer>([
    ['nobody we know', { userId: randomUUID() }],
    ['the owner of another project', foreign.owner],
    ['an engineer who has left', leaver],
    ['a token for another project of the same person', { ...wanderer, projectId: foreign.projectId }],
    ['a reviewer', reviewer],
    ['an engineer', await join(projectId, 'engineer')],
    ['the owner', owner],
    ['a token of the owner', { ...owner, projectId }],
  ]);
};
