import 'server-only';
/** Trainers that are registered, and the requests made to them. Registering and launching come with training. */
import { db } from './db';
import { type Viewer, visibleTo } from './viewer';

export type Trainer = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly seenAt: Date | null;
};

/** By name; at most 200. */
export const listTrainers = (viewer: Viewer): Promise<Trainer[]> =>
  db.trainer.findMany({
    where: visibleTo(viewer),
    orderBy: { name: 'asc' },
    take: 200,
    select: { id: true, name: true, url: true, seenAt: true },
  });
