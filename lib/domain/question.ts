/** Questions: what a rollout answers, and how an answer to it is compared with the truth. */
import { z } from 'zod';

/** How the answer is compared: see `lib/domain/verifier/accuracy.ts`. */
export const kinds = ['choice', 'number', 'math', 'regression', 'ocr', 'text'] as const;
export const kindSchema = z.enum(kinds);
export type Kind = z.infer<typeof kindSchema>;

/** What the model was shown with the words. */
export const modalities = ['video', 'image', 'text'] as const;
export const modalitySchema = z.enum(modalities);
export type Modality = z.infer<typeof modalitySchema>;

/** The part of a question that every check needs. `truth` is empty when nobody knows it. */
export type QuestionCore = {
  readonly kind: Kind;
  /** Question text without the options. */
  readonly prompt: string;
  /** Option texts in order, without their letters: index 0 is A. Empty unless `kind` is `choice`. */
  readonly options: readonly string[];
  /** Ground truth `g`: for `choice` an upper-case letter, or several (`A, C`); else the reference answer as written. */
  readonly truth: string;
};

/** Letters that name options, in order: A to Z. */
export const optionLetter = (index: number): string => String.fromCharCode(65 + index);

/** Whether the truth of a choice names the option at this index. */
export const isTrueOption = (truth: string, index: number): boolean => truth.split(', ').includes(optionLetter(index));
