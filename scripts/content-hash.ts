import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

const listFiles = async (target: string): Promise<readonly string[]> => {
  if (!existsSync(target)) return [];
  if (!(await stat(target)).isDirectory()) return [target];
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
};

/**
 * One sha256 over names and contents of all files under `targets` (relative to `base`), in hex. Missing targets count
 * as empty; `skip` leaves files out that cannot change the result, such as tests.
 */
export const hashContent = async (
  base: string,
  targets: readonly string[],
  skip: (file: string) => boolean = () => false,
): Promise<string> => {
  const files = (await Promise.all(targets.map((target) => listFiles(path.join(base, target))))).flat();
  const hash = createHash('sha256');
  for (const file of files.filter((name) => !skip(name)).sort()) {
    const content = await readFile(file);
    hash.update(`${path.relative(base, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};
