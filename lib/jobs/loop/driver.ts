import 'server-only';
/** The worker's part of the loop: finds iterations that can move, and drives each as far as it goes. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { type Heard, listenToAllProjects } from '@/lib/data/events';
import { movingStates } from '@/lib/domain/loop/stages';
import { keepRounds } from '@/lib/jobs/rounds';
import { log } from '@/lib/log';
import { type DriveEnd, driveIteration } from './drive';
import type { LoopDeps } from './job-step';

const POLL_MS = 1_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Drives at once: each holds a connection. Others wait for their turn. */
const MOST_DRIVES = 16;

type Place = {
  driving: boolean;
  /** Not looked at before, in the clock's milliseconds. */
  dueAt: number;
  waitMs: number;
  /** How the last drive ended; undefined while one is under way. */
  waits: DriveEnd | undefined;
  /** Something happened that may let it go on. */
  news: boolean;
};

const movingSchema = z.array(z.object({ id: z.uuid() }));

/** Oldest first. Those without a trainer have a recording played into them, by whoever plays it. */
const listMoving = async (): Promise<string[]> => {
  const { rows } = await pool.query(
    'SELECT id FROM iteration WHERE state = ANY($1) AND trainer_id IS NOT NULL ORDER BY created_at, id LIMIT 1000',
    [[...movingStates]],
  );
  return movingSchema.parse(rows).map(({ id }) => id);
};

/** Whether news may let an iteration go on that waits, or that comes to wait in a moment. */
const concerns = (place: Place, id: string, heard: Heard): boolean => {
  if (heard.topic === 'reconnected') return true;
  if (heard.topic === 'iteration') return heard.id === id;
  if (heard.topic === 'pair') return place.driving || place.waits === 'people';
  return heard.topic === 'trainer' && place.waits === 'trainer';
};

/** When a place is looked at next. */
const settle = (place: Place, end: DriveEnd | undefined): void => {
  place.driving = false;
  place.waits = end;
  // People announce what they decide: the longest wait is for news that was lost.
  const calm = end === 'people' || end === 'over';
  // News of the drive's own making leads to one more look, which makes none.
  const again = end === 'people' && place.news;
  place.dueAt = again ? 0 : Date.now() + (calm ? LONGEST_WAIT_MS : place.waitMs);
  place.waitMs = calm ? FIRST_WAIT_MS : Math.min(place.waitMs * 2, LONGEST_WAIT_MS);
};

/**
 * Drives every iteration that moves, until the signal aborts; resolves when all drives have stopped. Any number of
 * workers may do this: each iteration is driven by one. A database that is away is waited for.
 */
export const runLoop = async (signal: AbortSignal, deps: LoopDeps = {}): Promise<void> => {
  const places = new Map<string, Place>();
  const drives = new Set<Promise<void>>();
  const unlisten = listenToAllProjects((heard) => {
    for (const [id, place] of places) {
      if (!concerns(place, id, heard)) continue;
      place.news = true;
      place.dueAt = 0;
      place.waitMs = FIRST_WAIT_MS;
    }
  });
  const drive = async (id: string, place: Place): Promise<void> => {
    Object.assign(place, { driving: true, waits: undefined, news: false });
    let end: DriveEnd | undefined;
    try {
      end = await driveIteration(id, signal, deps);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error, iteration: id }, 'driving an iteration failed, trying again');
    }
    settle(place, end);
  };
  const round = async (): Promise<void> => {
    const ids = await listMoving();
    const moving = new Set(ids);
    for (const [id, { driving }] of places) if (!driving && !moving.has(id)) places.delete(id);
    for (const id of ids) {
      const place = places.get(id) ?? {
        driving: false,
        dueAt: 0,
        waitMs: FIRST_WAIT_MS,
        waits: undefined,
        news: false,
      };
      places.set(id, place);
      if (place.driving || place.dueAt > Date.now() || drives.size >= MOST_DRIVES) continue;
      const driven = drive(id, place).finally(() => drives.delete(driven));
      drives.add(driven);
    }
  };
  await keepRounds(round, { everyMs: POLL_MS, failed: 'looking for iterations failed, trying again', signal });
  unlisten();
  await Promise.all(drives);
};
