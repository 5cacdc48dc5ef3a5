/** Tokenizers: files that count the tokens of a thinking where the trainer did not. */
import { z } from 'zod';
import { storableString } from './text/storable';

export const tokenizerNameSchema = storableString()
  .trim()
  .min(1, 'Give the tokenizer a name')
  .max(100, 'At most 100 characters');

export const tokenizerViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Of the file, hex: what verifier versions name it by. */
  sha256: z.string(),
  bytes: z.number(),
  createdAt: z.string(),
  /** Numbers of the verifier versions that count with it. */
  versions: z.array(z.int()),
});
export type TokenizerView = z.infer<typeof tokenizerViewSchema>;
