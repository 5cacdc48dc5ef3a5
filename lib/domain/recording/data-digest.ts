/** What a job was given, as one number that is the same in every project. */
import { z } from 'zod';
import { digest } from '@/lib/domain/formats/digest';
import { pairLineSchema, questionLineSchema } from '@/lib/domain/trainer/lines';

const lineSchema = z.union([pairLineSchema, questionLineSchema]);

/**
 * SHA-256 in hex over the lines of a job's data file, whatever their order: the words, the clip by its content, and for
 * pairs both texts. `nameOf` names a question by its id; what it does not know stays as it is. Throws on other lines.
 */
export const dataDigest = (ndjson: string, nameOf: (questionId: string) => string | undefined): string =>
  digest(
    ...ndjson
      .split('\n')
      .filter((line) => line !== '')
      .map((text) => {
        const line = lineSchema.parse(JSON.parse(text));
        const { id, turn, kind, options, truth, modality, media } = line;
        const sides = 'chosen' in line ? [line.chosen, line.rejected] : [];
        return JSON.stringify([nameOf(id) ?? id, turn, kind, options, truth, modality, media, ...sides]);
      })
      .sort(),
  );
