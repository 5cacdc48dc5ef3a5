/** Question sets as lists show them, and the closed list of filters over their questions. */
import { z } from 'zod';
import { kindSchema, modalitySchema } from './question';
import { storableString } from './text/storable';

/**
 * What stands behind a question's media path. `none`: the question names no file. `unresolved`: no declared root
 * holds it. The rest is the state of the file that was found.
 */
export const questionMedia = ['playable', 'pending', 'unplayable', 'missing', 'unresolved', 'none'] as const;
export const questionMediaSchema = z.enum(questionMedia);
export type QuestionMedia = z.infer<typeof questionMediaSchema>;

const count = z.int().nonnegative();
/** Counts by value; a value that no question has is absent. */
const facetSchema = <T extends z.ZodType<string>>(name: T) => z.array(z.object({ value: name, count }));

export const questionFacetsSchema = z.object({
  kinds: facetSchema(kindSchema),
  modalities: facetSchema(modalitySchema),
  media: facetSchema(questionMediaSchema),
});
export type QuestionFacets = z.infer<typeof questionFacetsSchema>;

export const questionSetSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.string(),
  questions: count,
  rollouts: count,
  facets: questionFacetsSchema,
});
export type QuestionSet = z.infer<typeof questionSetSchema>;

export const QUESTION_PAGE = 100;
/** `after` is the `seq` of the last row read. Unknown fields are dropped, so that no URL reaches the database. */
export const questionFiltersSchema = z.object({
  kind: kindSchema.optional(),
  modality: modalitySchema.optional(),
  media: questionMediaSchema.optional(),
  text: storableString().trim().max(200).optional(),
});
export type QuestionFilters = z.infer<typeof questionFiltersSchema>;

export const questionRowSchema = z.object({
  id: z.uuid(),
  seq: z.string(),
  key: z.string(),
  kind: kindSchema,
  modality: modalitySchema,
  /** The first 300 characters. */
  prompt: z.string(),
  truth: z.string(),
  media: questionMediaSchema,
  rollouts: count,
});
export type QuestionRow = z.infer<typeof questionRowSchema>;

export const questionPageSchema = z.object({
  rows: z.array(questionRowSchema),
  /** Pass as `after` for the next page; null at the end. */
  next: z.string().nullable(),
  /** Questions that match the filters, over all pages. */
  total: count,
});
export type QuestionPage = z.infer<typeof questionPageSchema>;

export const questionDetailSchema = z.object({
  id: z.uuid(),
  questionSetId: z.uuid(),
  questionSet: z.string(),
  key: z.string(),
  kind: kindSchema,
  modality: modalitySchema,
  prompt: z.string(),
  options: z.array(z.string()),
  truth: z.string(),
  split: z.string().nullable(),
  source: z.string().nullable(),
  mediaPath: z.string().nullable(),
  mediaId: z.uuid().nullable(),
  media: questionMediaSchema,
  /** Why the file is missing or unplayable, as the probe said it. */
  sentence: z.string().nullable(),
  runs: z.array(z.object({ id: z.uuid(), name: z.string(), rollouts: count })),
});
export type QuestionDetail = z.infer<typeof questionDetailSchema>;

/** One sentence for people about the media of a question. */
export const mediaSentence = (media: QuestionMedia, sentence: string | null): string => {
  if (sentence) return sentence;
  const sentences: Record<QuestionMedia, string> = {
    playable: 'The video is found and plays.',
    pending: 'The file is found and has not been probed yet.',
    unplayable: 'The file is found and cannot be played.',
    missing: 'The file was found before and is gone now.',
    unresolved: 'No declared media root holds this file. Add its folder under Settings.',
    none: 'This question names no video or image.',
  };
  return sentences[media];
};

/** Filters out of an address: each that is not on the closed list is dropped, the others stay. */
export const parseQuestionFilters = (
  raw: Readonly<Record<string, string | readonly string[] | undefined>>,
): QuestionFilters => {
  const { kind, modality, media, text } = questionFiltersSchema.shape;
  const given = {
    kind: kind.safeParse(raw.kind).data,
    modality: modality.safeParse(raw.modality).data,
    media: media.safeParse(raw.media).data,
    text: text.safeParse(raw.text).data || undefined,
  };
  return questionFiltersSchema.parse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
};
