import path from 'node:path';
import { AppError } from '@/lib/errors';
import { say } from '@/scripts/progress.mjs';
import { readArguments } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo media-root list | add DIR…

Videos are served only from declared folders. Questions name their videos relative to one of them.

${studioUsage}`;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = readArguments(args, studioOptions);
  const [action, ...folders] = positionals;
  if (action !== 'list' && action !== 'add') throw new AppError('invalid', 'Say `list` or `add DIR…`. See --help.');
  if (action === 'add' && folders.length === 0) throw new AppError('invalid', 'Name at least one folder. See --help.');
  return withStudio(values.data, async (viewer) => {
    const { addMediaRoot, listMediaRoots } = await import('@/lib/data/media/roots');
    if (action === 'add') {
      const { queueProbeForViewer } = await import('@/lib/jobs/import-follow-up');
      for (const folder of folders) await addMediaRoot(viewer, path.resolve(folder));
      await queueProbeForViewer(viewer);
    }
    for (const root of await listMediaRoots(viewer)) say(`${root.path}\t${root.files} files`);
    return 0;
  });
};
