'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { createApiToken, revokeApiToken } from '@/lib/data/access/api-tokens';
import { addMediaRoot, removeMediaRoot } from '@/lib/data/media/roots';
import { renameProject } from '@/lib/data/settings';
import { projectNameSchema, tokenNameSchema } from '@/lib/domain/settings';
import type { Result } from '@/lib/errors';
import { queueProbeForViewer } from '@/lib/jobs/import-follow-up';
import { runAction } from './run-action';

const renameSchema = z.object({ name: projectNameSchema });

export async function saveProjectName(input: z.input<typeof renameSchema>): Promise<Result<null>> {
  return runAction(renameSchema, input, async (viewer, { name }) => {
    await renameProject(viewer, name);
    revalidatePath('/settings');
    return null;
  });
}

const tokenSchema = z.object({ name: tokenNameSchema });

/** The answer is the token in clear: nobody can show it again. */
export async function makeToken(input: z.input<typeof tokenSchema>): Promise<Result<string>> {
  return runAction(tokenSchema, input, async (viewer, { name }) => {
    const token = await createApiToken(viewer, name);
    revalidatePath('/settings');
    return token;
  });
}

const idSchema = z.object({ id: z.uuid() });

export async function revokeToken(input: z.input<typeof idSchema>): Promise<Result<null>> {
  return runAction(idSchema, input, async (viewer, { id }) => {
    await revokeApiToken(viewer, id);
    revalidatePath('/settings');
    return null;
  });
}

const rootSchema = z.object({ path: z.string().trim().min(1, 'Name a folder').max(4_000, 'That path is too long') });

/** Declares a folder of videos and queues a look at what lies in it. */
export async function declareMediaRoot(input: z.input<typeof rootSchema>): Promise<Result<null>> {
  return runAction(rootSchema, input, async (viewer, { path }) => {
    await addMediaRoot(viewer, path);
    await queueProbeForViewer(viewer);
    revalidatePath('/settings');
    revalidatePath('/imports');
    return null;
  });
}

export async function forgetMediaRoot(input: z.input<typeof idSchema>): Promise<Result<null>> {
  return runAction(idSchema, input, async (viewer, { id }) => {
    await removeMediaRoot(viewer, id);
    revalidatePath('/settings');
    revalidatePath('/imports');
    return null;
  });
}

/** Looks again for files that questions name, and probes those found. */
export async function probeMedia(input: Record<string, never>): Promise<Result<null>> {
  return runAction(z.object({}), input, async (viewer) => {
    await queueProbeForViewer(viewer);
    return null;
  });
}
