import 'server-only';
/** Finding the file that a question means: by its path under a root, else by the only file that ends the same way. */
import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { realPathInside } from '@/lib/contained-path';

/** Content types by ending; nothing else is ever served as media. */
export const mediaTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.avi': 'video/x-msvideo',
  '.mpg': 'video/mpeg',
  '.mpeg': 'video/mpeg',
  '.ts': 'video/mp2t',
  '.flv': 'video/x-flv',
  '.ogv': 'video/ogg',
  '.wmv': 'video/x-ms-wmv',
  '.3gp': 'video/3gpp',
};
const MAX_ENTRIES = 500_000;
const MAX_DEPTH = 16;

export const mediaType = (file: string): string | undefined => mediaTypes[path.extname(file).toLowerCase()];

/** A path as a file of questions wrote it, as segments below a root; undefined when it tries to climb out. */
export const pathSegments = (written: string): readonly string[] | undefined => {
  const plain = written
    .trim()
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/');
  const segments = plain.split('/').filter((segment) => segment !== '' && segment !== '.');
  const bad = segments.length === 0 || segments.some((segment) => segment === '..' || segment.includes('\0'));
  return bad ? undefined : segments;
};

/** Relative paths of all media files below a root, by their name without ending in lower case. */
export type RootIndex = ReadonlyMap<string, readonly string[]>;

const stem = (name: string): string => path.parse(name).name.toLowerCase();

/** Reads a root's folders (links are not followed), at most 500,000 entries. */
export const indexRoot = async (root: string): Promise<RootIndex> => {
  const index = new Map<string, string[]>();
  let entries = 0;
  const walk = async (folder: string, relative: string, depth: number): Promise<void> => {
    const below: string[] = [];
    for await (const entry of await opendir(folder)) {
      entries += 1;
      if (entries > MAX_ENTRIES) return;
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) below.push(entry.name);
      else if ((entry.isFile() || entry.isSymbolicLink()) && mediaType(entry.name)) {
        const known = index.get(stem(entry.name));
        if (known) known.push(name);
        else index.set(stem(entry.name), [name]);
      }
    }
    if (depth >= MAX_DEPTH) return;
    for (const name of below)
      await walk(path.join(folder, name), relative === '' ? name : `${relative}/${name}`, depth + 1);
  };
  await walk(root, '', 0);
  return index;
};

export type Found =
  | { readonly found: true; readonly relPath: string }
  | { readonly found: false; readonly alike: number };

/**
 * The file below `root` that `segments` mean. First the very path; then the longest ending of it that exactly one
 * file has, an ending left out of the question's path (`clips/abc`) being supplied. `alike` counts files of the same
 * name when none is the only one.
 */
export const findInRoot = async (root: string, index: RootIndex, segments: readonly string[]): Promise<Found> => {
  const whole = segments.join('/');
  if (mediaType(whole) && (await realPathInside(root, whole)) !== undefined) return { found: true, relPath: whole };
  const base = segments.at(-1) ?? '';
  const stated = mediaType(base) !== undefined;
  const candidates = (index.get(stated ? stem(base) : base.toLowerCase()) ?? []).map((relPath) => ({
    relPath,
    compared: stated ? relPath : relPath.slice(0, -path.extname(relPath).length),
  }));
  for (let from = 0; from < segments.length; from++) {
    const ending = segments.slice(from).join('/');
    const matches = candidates.filter(({ compared }) => compared === ending || compared.endsWith(`/${ending}`));
    const [only] = matches;
    if (matches.length === 1 && only) return { found: true, relPath: only.relPath };
    if (matches.length > 1) return { found: false, alike: matches.length };
  }
  return { found: false, alike: 0 };
};
