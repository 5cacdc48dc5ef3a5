import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { storeUpload } from '@/lib/data/imports/upload';
import { storableString } from '@/lib/domain/text/storable';
import { AppError } from '@/lib/errors';
import { requireGate } from '@/lib/http/gate';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = z.object({ name: storableString().min(1).max(500) });

/** Stores the body as a file to import: `?name=` is its name. Answers its sha256, size and format. */
export const POST = handleRoute(async (request) => {
  requireGate(request);
  const viewer = await requireViewer();
  const { name } = parseInput(querySchema, searchInput(request));
  if (!request.body) throw new AppError('invalid', 'The upload has no body');
  const length = request.headers.get('content-length');
  const expected = length === null ? null : parseInput(z.coerce.number().int().nonnegative(), length);
  return Response.json(await storeUpload(viewer, name, request.body, expected), { status: 201 });
});
