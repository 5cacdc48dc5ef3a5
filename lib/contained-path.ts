import 'server-only';
/** Paths that stay under a folder whatever they are made of: `..`, absolute, links that lead out. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** Whether `inner` (both real, absolute) is below `folder`. */
const isInside = (folder: string, inner: string): boolean => {
  const relative = path.relative(folder, inner);
  return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
};

/**
 * The real path of `wanted` (relative to `folder`, or absolute) when it exists and, links followed, lies below the
 * real `folder`; undefined otherwise. Open what comes back, not what was asked for.
 */
export const realPathInside = async (folder: string, wanted: string): Promise<string | undefined> => {
  if (wanted.includes('\0')) return undefined;
  const real = await tryRealPath(path.resolve(folder, wanted));
  const realFolder = await tryRealPath(folder);
  return real !== undefined && realFolder !== undefined && isInside(realFolder, real) ? real : undefined;
};

const tryRealPath = async (file: string): Promise<string | undefined> => {
  try {
    return await realpath(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const absent = ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG', 'EINVAL'];
    if (typeof code === 'string' && absent.includes(code)) return undefined;
    throw error;
  }
};
