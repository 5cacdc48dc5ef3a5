import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { llamaFactoryDatasetInfo, pairFormatNote, pairFormats } from '@/lib/domain/formats/pair-export';
import { AppError } from '@/lib/errors';
import { say, step, warn } from '@/scripts/progress.mjs';
import { readArguments, readOption } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo export --set N --format ${pairFormats.join('|')} [--out FILE]

Writes a frozen pair set as DPO data, one JSON object per line. The same set and options give the same bytes.

  --out FILE         where to (default: standard output); an existing file is refused
  --media-root DIR   the folder of the videos where the trainer runs, put before relative paths
  --instruction TEXT said after each question, instead of the default of its kind; empty for none
${studioUsage}`;

const options = {
  ...studioOptions,
  set: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  'media-root': { type: 'string' },
  instruction: { type: 'string' },
} as const;

/** Where the lines go. Throws `conflict` for a file that is there. */
const openTarget = (file: string | undefined) => {
  if (file === undefined) return process.stdout;
  return createWriteStream(path.resolve(file), { flags: 'wx' });
};

/** `… | head` has read enough: no fault. */
const endOfReader = (error: unknown): void => {
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
};

const explain = (file: string, error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EEXIST')
    return new AppError('conflict', `${file} is there already: name another file`, { cause: error });
  if (typeof code === 'string')
    return new AppError('forbidden', `${file} cannot be written (${code})`, { cause: error });
  return error;
};

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, options);
  const number = readOption('set', z.coerce.number().int().positive(), values.set);
  const format = readOption('format', z.enum(pairFormats), values.format);
  const mediaRoot = values['media-root'];
  return withStudio(values.data, async (viewer) => {
    const { exportOptionsSchema, exportPairSet } = await import('@/lib/data/pair-sets/export');
    const { findPairSetByNumber } = await import('@/lib/data/pair-sets/read');
    const settings = readOption('media-root', exportOptionsSchema, {
      format,
      mediaRoot,
      instruction: values.instruction,
    });
    const { count, lines, fileName } = await exportPairSet(viewer, await findPairSetByNumber(viewer, number), settings);
    const { out } = values;
    const write = () => pipeline(Readable.from(lines), openTarget(out), { end: out !== undefined });
    if (out === undefined) await write().catch(endOfReader);
    else {
      await step(`Writing ${out}`, write).catch((error: unknown) => {
        throw explain(out, error);
      });
      say(`${count} lines in ${out}`);
    }
    const note = pairFormatNote(format);
    if (note) warn(note);
    if (format === 'llama-factory') {
      warn(llamaFactoryDatasetInfo(`pair_set_${number}`, out === undefined ? fileName : path.basename(out)));
    }
    return 0;
  });
};
