/** The named scorers. A new one is a file beside this table and a line in it. */
import { z } from 'zod';
import type { Scorer } from './scorer';
import { strict } from './strict';
import { veripo2025 } from './veripo-2025';
import { videoR1 } from './video-r1';

export const scorerNames = ['strict', 'veripo-2025', 'video-r1'] as const;
export const scorerNameSchema = z.enum(scorerNames);
export type ScorerName = z.infer<typeof scorerNameSchema>;

export const scorers: Readonly<Record<ScorerName, Scorer>> = {
  strict,
  'veripo-2025': veripo2025,
  'video-r1': videoR1,
};
