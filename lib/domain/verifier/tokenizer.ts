/** A `tokenizer.json` as the counter of the length check. */
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { CountTokens } from './measure';

/** Largest file that is taken: those of 250,000 words have some 20 MB. */
export const MAX_TOKENIZER_BYTES = 64 * 1024 * 1024;
/** No thinking of a model is longer; what is takes seconds to count, and is estimated. */
const MAX_CHARS = 400_000;

/** What every file of this kind has; the library reads the rest. */
const fileSchema = z.looseObject({ model: z.looseObject({ type: z.string().optional() }) });

/**
 * Reads the text of a `tokenizer.json` as Hugging Face's tokenizers write it. The counter leaves special tokens out and
 * gives null for more than 400,000 characters.
 *
 * @throws AppError `invalid` in a sentence when it is no such file, or of a kind that cannot be read here.
 */
export const readTokenizer = (text: string): CountTokens => {
  const tokenizer = open(text);
  return (words) =>
    words.length > MAX_CHARS ? null : tokenizer.encode(words, { add_special_tokens: false }).ids.length;
};

const open = (text: string): Tokenizer => {
  const file = fileSchema.safeParse(jsonOf(text));
  if (!file.success) throw new AppError('invalid', 'This is no tokenizer.json: choose the file of that name');
  try {
    const tokenizer = new Tokenizer(file.data, {});
    tokenizer.encode('One word, 2 numbers. 三', { add_special_tokens: false });
    return tokenizer;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.slice(0, 200) : 'unknown';
    throw new AppError('invalid', `This tokenizer.json cannot be read (${said}): choose another`, { cause });
  }
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // whoever asked says so in a sentence
  }
};
