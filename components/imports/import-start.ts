/** Sends the chosen files and queues their imports, one after the other. */
import { beginImport } from '@/lib/actions/imports';
import type { Result } from '@/lib/errors';
import { AppError } from '@/lib/errors';
import { uploadFile } from '@/lib/queries/uploads';
import type { ChosenFile } from './chosen-file';
import type { ImportOptions } from './import-options';

const placeOf = async (chosen: ChosenFile, onSent: (bytes: number) => void, signal: AbortSignal) => {
  if (chosen.from.kind === 'path') return { kind: 'path' as const, path: chosen.from.path };
  const { sha256 } = await uploadFile(chosen.from.file, onSent, signal);
  return { kind: 'upload' as const, sha256, fileName: chosen.name };
};

/** Empty fields are left to the server's defaults. */
const filled = (text: string): string | undefined => text.trim() || undefined;

/** Queues one file; the answer is its import's id. Expected failures, those of the upload too, come as a `Result`. */
export const startOne = async (
  chosen: ChosenFile,
  options: ImportOptions,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Result<string>> => {
  try {
    const file = await placeOf(chosen, onSent, signal);
    const { run, set, source } = options;
    return await beginImport({
      file,
      iteration: options.iteration,
      run: filled(run),
      set: filled(set),
      source: filled(source),
      ...(options.stage ? { stage: options.stage } : {}),
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, error: { code: error.code, message: error.message } };
  }
};
