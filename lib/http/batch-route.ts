import 'server-only';
import { z } from 'zod';
import type { TokenDoor } from '@/lib/data/access/api-tokens';
import { tokenCounter } from '@/lib/data/tokenizers/read';
import { listVerifierVersions, type VerifierVersion } from '@/lib/data/verifier/versions';
import type { Viewer } from '@/lib/data/viewer';
import type { Item } from '@/lib/domain/verifier/score-item';
import { AppError } from '@/lib/errors';
import { requireTokenViewer } from './api-viewer';
import { requireGate } from './gate';
import { handleRoute, parseInput, searchInput } from './handle-route';
import { readJson } from './read-json';
import { batchItems, MAX_BATCH_BYTES, type Scoring } from './score-batch';

type Answer = (items: readonly Item[], scoring: Scoring, signal: AbortSignal) => Promise<object>;

const querySchema = z.object({ version: z.coerce.number().int().positive().optional() });

/** The viewer's version of this number, or the newest. Throws `not_found`. */
export const requireVersion = async (viewer: Viewer, number: number | undefined): Promise<VerifierVersion> => {
  const versions = await listVerifierVersions(viewer);
  const version = number === undefined ? versions[0] : versions.find((known) => known.number === number);
  if (!version) throw new AppError('not_found', `There is no verifier version ${number ?? 'in this project'}`);
  return version;
};

/** A route that scores a batch. `?version=` names a verifier version; the newest otherwise. */
export const batchRoute = (door: TokenDoor, answer: Answer) =>
  handleRoute(async (request: Request) => {
    requireGate(request);
    const viewer = await requireTokenViewer(request, door);
    const { version: number } = parseInput(querySchema, searchInput(request));
    const items = batchItems(await readJson(request, MAX_BATCH_BYTES));
    const version = await requireVersion(viewer, number);
    const { projectId, settings } = version;
    const countTokens = await tokenCounter(projectId, settings);
    const scored = await answer(items, { settings, countTokens }, request.signal);
    return Response.json({ version: version.number, ...scored });
  });
