import 'server-only';
import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import type { Viewer } from '@/lib/data/viewer';
import { AppError, type Result } from '@/lib/errors';

/**
 * The one wrapper of server actions: identify, parse, act. An expected failure becomes a `Result`; anything else
 * flies to error.tsx.
 */
export const runAction = async <S extends z.ZodType, T>(
  schema: S,
  raw: unknown,
  run: (viewer: Viewer, input: z.infer<S>) => Promise<T>,
): Promise<Result<T>> => {
  try {
    const viewer = await requireViewer();
    const parsed = schema.safeParse(raw);
    if (!parsed.success) {
      const { fieldErrors } = z.flattenError(parsed.error);
      return { ok: false, error: { code: 'invalid', message: 'Check the marked fields', fields: fieldErrors } };
    }
    return { ok: true, data: await run(viewer, parsed.data) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, error: { code: error.code, message: error.message } };
  }
};
