import { z } from 'zod';
import { stageSchema } from '@/lib/domain/rollout';
import { storableString } from '@/lib/domain/text/storable';
import { requireTokenViewer } from '@/lib/http/api-viewer';
import { bodyChunks } from '@/lib/http/body-stream';
import { requireGate } from '@/lib/http/gate';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';
import { importStream, streamFormats } from '@/lib/jobs/import-stream';

const MAX_BODY_BYTES = 1024 ** 3;
const name = storableString().trim().min(1).max(200);
const querySchema = z.object({
  run: name,
  set: name.optional(),
  iteration: z.coerce.number().int().min(0).max(10_000).optional(),
  stage: stageSchema.optional(),
  source: name.optional(),
  format: z.enum(streamFormats).default('studio-ndjson'),
});

/**
 * Takes rollouts as lines, one JSON object each, and answers in lines: one per refused line, then a summary. Only
 * what the summary counts is acknowledged; sending the same again is harmless.
 */
export const POST = handleRoute(async (request) => {
  requireGate(request);
  const viewer = await requireTokenViewer(request);
  const target = parseInput(querySchema, searchInput(request));
  const body = bodyChunks(request, MAX_BODY_BYTES);
  const { id, result, refusals } = await importStream(viewer, body, target, request.signal);
  const { rolloutsNew, rolloutsKnown, questionsNew, refused } = result;
  const summary = { import: id, new: rolloutsNew, known: rolloutsKnown, questions: questionsNew, refused };
  const lines = [...refusals.map(({ at, reason }) => ({ line: at, refused: reason })), summary];
  return new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), {
    headers: { 'content-type': 'application/x-ndjson' },
  });
});
