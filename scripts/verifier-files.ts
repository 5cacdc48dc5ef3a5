/** The files that `npm run verifier` is given: settings, a tokenizer, a token. Each fault is one sentence. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { CountTokens } from '@/lib/domain/verifier/measure';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { readSettingsFile, type SettingsFile } from '@/lib/domain/verifier/settings-file';
import { MAX_TOKENIZER_BYTES } from '@/lib/domain/verifier/tokenizer';
import { AppError } from '@/lib/errors';
import { openTokenizer } from '@/lib/tokenizers/open-tokenizer';

const TOKEN = /^[A-Za-z0-9_.~-]{16,1000}$/;

const readText = async (option: string, file: string): Promise<string> => {
  try {
    const { size } = await stat(file);
    if (size <= MAX_TOKENIZER_BYTES) return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('not_found', `--${option} ${file} cannot be read: ${String(cause)}`, { cause });
  }
  throw new AppError('too_large', `--${option} ${file} has more than ${MAX_TOKENIZER_BYTES} bytes.`);
};

/** The settings in a file; the defaults without one. */
export const loadSettings = async (file: string | undefined): Promise<SettingsFile> => {
  if (file === undefined) return { version: null, settings: defaultVerifierSettings };
  const text = await readText('settings', file);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid', `--settings ${file} is not JSON.`, { cause });
  }
  const read = readSettingsFile(raw);
  if (!read.ok) throw new AppError('invalid', `--settings ${file} will not do. ${read.reason}`);
  return read.file;
};

export type Counting = { readonly file: SettingsFile; readonly countTokens: CountTokens | undefined };

/**
 * Adds a tokenizer to settings, which then name it: what is measured with it is measured otherwise. Throws `conflict`
 * when the settings name another one.
 */
export const withTokenizer = async (settings: SettingsFile, file: string | undefined): Promise<Counting> => {
  if (file === undefined) return { file: settings, countTokens: undefined };
  const text = await readText('tokenizer', file);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const wanted = settings.settings.tokenizer;
  if (wanted !== null && wanted !== sha256) {
    throw new AppError(
      'conflict',
      `The settings count with another tokenizer.json: ${file} has the sha256 ${sha256}, they name ${wanted}.`,
    );
  }
  const named = { ...settings, settings: { ...settings.settings, tokenizer: sha256 } };
  return { file: named, countTokens: openTokenizer(text) };
};

/** The token in the first line of a file: what a header and the password of a URL can both carry. */
export const loadToken = async (file: string | undefined): Promise<string | null> => {
  if (file === undefined) return null;
  const token = (await readText('token-file', file)).split('\n', 1)[0]?.trim() ?? '';
  if (TOKEN.test(token)) return token;
  throw new AppError('invalid', `The first line of ${file} must be a token: 16 or more letters, digits, or _ . ~ -.`);
};
