/** What becomes of a trainer's row when it was asked for its state: pure, so that every case is a row of a test. */
import type { TrainerInfo } from './answers';

export type Health = { readonly state: 'online' | 'offline' | 'refused'; readonly sentence: string | null };

/** What is known from before. */
type Known = { readonly trainerId: string | null; readonly sentence: string | null };

const ANOTHER =
  'Another trainer answers at this address than before: it knows none of the jobs and checkpoints that were made there.';

/**
 * Health of a trainer that answered. That another one stands behind the same address is said until a person has
 * asked again (`acknowledged`), since one answer later the two would look alike.
 */
export const healthOfAnswer = (info: Pick<TrainerInfo, 'trainerId'>, known: Known, acknowledged: boolean): Health => {
  const changed = known.trainerId !== null && known.trainerId !== info.trainerId;
  const said = known.sentence === ANOTHER && !acknowledged;
  return { state: 'online', sentence: changed || said ? ANOTHER : null };
};

/** Codes of failures that are answers: the token or the protocol is not the one we have. */
const REFUSALS: ReadonlySet<string> = new Set(['forbidden', 'unsupported']);

/** Health of a trainer that did not answer, or not as it should; `message` is one sentence. */
export const healthOfFailure = ({ code, message }: { readonly code: string; readonly message: string }): Health => ({
  state: REFUSALS.has(code) ? 'refused' : 'offline',
  sentence: message,
});

const GIGABYTE = 1e9;
const round = (bytes: number): number => Math.round(bytes / GIGABYTE);

/**
 * What screens show of an answer, as one text: free memory and single bytes of disk move all the time, and a browser
 * is woken only by a change that its person would see.
 */
export const visibleInfo = (info: TrainerInfo | null): string => {
  if (!info) return '';
  const { disk, memory, startedAt: _, limits: __, ...shown } = info;
  const sizes = [disk.freeBytes, disk.totalBytes, memory?.totalBytes ?? 0].map(round);
  return JSON.stringify({ ...shown, sizes });
};

const ONLINE_MS = 10_000;
const FIRST_MS = 3_000;
const LONGEST_MS = 30_000;

/** Milliseconds until a trainer is asked again, by how often in a row it was not online. */
export const nextCheckMs = (failures: number): number =>
  failures === 0 ? ONLINE_MS : Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 10), LONGEST_MS);
