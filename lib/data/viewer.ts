import 'server-only';
/** Who is asking. Every data function takes a viewer, and its `where` starts from what that viewer may see. */
import { AppError } from '@/lib/errors';
import type { Prisma } from '@/prisma/generated/client';
import { db } from './db';

export const roles = ['owner', 'engineer', 'reviewer'] as const;
export type Role = (typeof roles)[number];

export type Viewer = {
  readonly userId: string;
  /** Set for API tokens, which open one project only. */
  readonly projectId?: string;
};

/** Rows of tables that carry `project`: those of the viewer's projects. */
export const visibleTo = ({ userId, projectId }: Viewer, allowed: readonly Role[] = roles) =>
  ({
    ...(projectId ? { projectId } : {}),
    project: { members: { some: { userId, role: { in: [...allowed] } } } },
  }) satisfies Prisma.RunWhereInput;

/** Those who may import, freeze and launch; reviewers decide pairs and correct verdicts. */
export const engineers: readonly Role[] = ['owner', 'engineer'];

/**
 * The project that a viewer works in: the token's, else the oldest membership.
 * Throws `not_found` when the viewer is in none, or holds none of the roles in it.
 */
export const getViewerProject = async (
  viewer: Viewer,
  allowed: readonly Role[] = roles,
): Promise<{ id: string; name: string }> => {
  const member = await db.member.findFirst({
    where: {
      userId: viewer.userId,
      role: { in: [...allowed] },
      ...(viewer.projectId ? { projectId: viewer.projectId } : {}),
    },
    orderBy: { createdAt: 'asc' },
    select: { project: { select: { id: true, name: true } } },
  });
  if (!member) throw new AppError('not_found', 'Project not found, or your role there does not allow this');
  return member.project;
};

/** Whether the viewer may do an engineer's work in any project of theirs. */
export const mayEngineerAny = async (viewer: Viewer): Promise<boolean> => {
  const { userId, projectId } = viewer;
  const where = { userId, role: { in: [...engineers] }, ...(projectId ? { projectId } : {}) };
  return (await db.member.findFirst({ where, select: { userId: true } })) !== null;
};
