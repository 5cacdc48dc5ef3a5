import 'server-only';
/** The project's name and members. */
import { AppError } from '@/lib/errors';
import { db } from './db';
import { getViewerProject, type Role, roles, type Viewer } from './viewer';

export type Member = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly you: boolean;
};

export type ProjectSettings = {
  readonly name: string;
  /** What the viewer is here: owners rename, engineers make tokens and declare folders. */
  readonly role: Role;
  readonly members: readonly Member[];
};

const roleOf = (role: string): Role => {
  const known = roles.find((name) => name === role);
  if (!known) throw new Error(`unknown role ${role}`);
  return known;
};

export const getProjectSettings = async (viewer: Viewer): Promise<ProjectSettings> => {
  const project = await getViewerProject(viewer);
  const rows = await db.member.findMany({
    where: { projectId: project.id, project: { members: { some: { userId: viewer.userId } } } },
    orderBy: { createdAt: 'asc' },
    take: 500,
    select: { userId: true, role: true, user: { select: { name: true, email: true } } },
  });
  const members = rows.map(({ userId, role, user }) => ({
    userId,
    ...user,
    role: roleOf(role),
    you: userId === viewer.userId,
  }));
  return { name: project.name, role: members.find(({ you }) => you)?.role ?? 'reviewer', members };
};

/** Throws `not_found` for those who are not its owner. */
export const renameProject = async (viewer: Viewer, name: string): Promise<void> => {
  const project = await getViewerProject(viewer, ['owner']);
  const { count } = await db.project.updateMany({
    where: { id: project.id, members: { some: { userId: viewer.userId, role: 'owner' } } },
    data: { name },
  });
  if (count === 0) throw new AppError('not_found', 'Only the owner renames the project');
};
