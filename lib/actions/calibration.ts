'use server';
import type { z } from 'zod';
import { drawSample as draw } from '@/lib/data/calibration/draw';
import { drawRequestSchema } from '@/lib/domain/calibration/sample';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

/** Draws a sample to label; the answer is its id. */
export async function drawSample(input: z.input<typeof drawRequestSchema>): Promise<Result<string>> {
  return runAction(drawRequestSchema, input, draw);
}
