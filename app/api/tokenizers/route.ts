import { z } from 'zod';
import { requireViewer } from '@/lib/data/access/session';
import { storeTokenizer } from '@/lib/data/tokenizers/store';
import { tokenizerNameSchema } from '@/lib/domain/tokenizer';
import { MAX_TOKENIZER_BYTES } from '@/lib/domain/verifier/tokenizer';
import { bodyChunks } from '@/lib/http/body-stream';
import { requireGate } from '@/lib/http/gate';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';

const querySchema = z.object({ name: tokenizerNameSchema });

/** Keeps the body, a `tokenizer.json`, under `?name=`. */
export const POST = handleRoute(async (request) => {
  requireGate(request);
  const viewer = await requireViewer();
  const { name } = parseInput(querySchema, searchInput(request));
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(request, MAX_TOKENIZER_BYTES, { kept: false })) chunks.push(chunk);
  return Response.json(await storeTokenizer(viewer, name, Uint8Array.from(Buffer.concat(chunks))), { status: 201 });
});
