/** What a verifier reads with: the part of its settings that measures depend on. The rest are thresholds over them. */
import { z } from 'zod';
import { readingShape, type VerifierSettings } from './settings';

export const readingSettingsSchema = z.object(readingShape);
export type ReadingSettings = z.infer<typeof readingSettingsSchema>;

/** Two versions with equal reading settings, under the same rules, share their measures: neither reads a text again. */
export const readingOf = (settings: VerifierSettings): ReadingSettings => readingSettingsSchema.parse(settings);
