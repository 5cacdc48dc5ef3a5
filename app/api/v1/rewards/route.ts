import { z } from 'zod';
import { listVerifierVersions } from '@/lib/data/verifier/versions';
import {
  anyRewardRequestSchema,
  rewardAnswer,
  rewardItems,
  scoreItems,
  type VerdictAnswer,
} from '@/lib/domain/verifier/reward-api';
import { AppError } from '@/lib/errors';
import { requireTokenViewer } from '@/lib/http/api-viewer';
import { requireGate } from '@/lib/http/gate';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';
import { readJson } from '@/lib/http/read-json';
import { createTurns } from '@/lib/turns';

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const querySchema = z.object({ version: z.coerce.number().int().positive().optional() });

/** Scores a batch: ours or OpenRLHF's. `?version=` names a verifier version; the newest otherwise. */
export const POST = handleRoute(async (request) => {
  requireGate(request);
  const viewer = await requireTokenViewer(request, 'rewards');
  const { version: number } = parseInput(querySchema, searchInput(request));
  const wanted = parseInput(anyRewardRequestSchema, await readJson(request, MAX_BODY_BYTES));
  const versions = await listVerifierVersions(viewer);
  const version = number === undefined ? versions[0] : versions.find((known) => known.number === number);
  if (!version) throw new AppError('not_found', `There is no verifier version ${number ?? 'in this project'}`);
  const items = rewardItems(wanted);
  if (!items.ok) throw new AppError('invalid', items.reason);
  const turn = createTurns();
  const verdicts: VerdictAnswer[] = [];
  for (const verdict of scoreItems(items.items, version.settings)) {
    verdicts.push(verdict);
    await turn(); // other requests are answered in between
  }
  return Response.json({ version: version.number, ...rewardAnswer(verdicts) });
});
