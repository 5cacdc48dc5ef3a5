/** Lines of the NDJSON files that a job is given: what its engine reads, one message per line. */
import { z } from 'zod';
import { kindSchema, modalitySchema } from '@/lib/domain/question';
import { sha256Schema } from './names';

const idSchema = z.string().min(1).max(300);
const textSchema = z.string().max(1_000_000);
const responseSchema = textSchema.min(1);

const questionShape = {
  /** Ours; every rollout brings it back. */
  id: idSchema,
  /** The user turn exactly as the model reads it, options included and media tags left out. */
  turn: textSchema.min(1),
  /** Question text without options: what the verifier is told. */
  prompt: textSchema,
  kind: kindSchema,
  options: z.array(z.string()).max(26).default([]),
  truth: z.string().default(''),
  modality: modalitySchema.default('text'),
  /** The uploaded clip or picture; null only for text. */
  media: sha256Schema.nullable().default(null),
} as const;

type Shown = { readonly modality: string; readonly media: string | null };
const mediaFits = ({ modality, media }: Shown): boolean => (media === null) === (modality === 'text');
const MEDIA_MISFIT = { path: ['media'], message: 'Video and image questions need media, text questions have none' };

export const questionLineSchema = z.strictObject(questionShape).refine(mediaFits, MEDIA_MISFIT);

/** A question with the response that SFT imitates. */
export const demonstrationLineSchema = z
  .strictObject({ ...questionShape, response: responseSchema })
  .refine(mediaFits, MEDIA_MISFIT);

/** A question with two responses, of which DPO prefers the first. */
export const pairLineSchema = z
  .strictObject({ ...questionShape, pairId: idSchema, chosen: responseSchema, rejected: responseSchema })
  .refine(mediaFits, MEDIA_MISFIT)
  .refine(({ chosen, rejected }) => chosen !== rejected, {
    path: ['rejected'],
    message: 'Both sides of the pair are the same text',
  });
