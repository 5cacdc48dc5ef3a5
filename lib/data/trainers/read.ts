import 'server-only';
/** Trainers as screens show them. The token stays here. */
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { type TrainerInfo, trainerInfoSchema } from '@/lib/domain/trainer/answers';
import { versionSkew } from '@/lib/domain/trainer/skew';
import { type TrainerView, trainerStateSchema } from '@/lib/domain/trainer-view';
import { AppError } from '@/lib/errors';
import { STUDIO_VERSION } from '@/lib/version';

const MOST_TRAINERS = 200;

const columns = {
  id: true,
  name: true,
  url: true,
  rewardUrl: true,
  local: true,
  state: true,
  sentence: true,
  seenAt: true,
  checkedAt: true,
  info: true,
} as const;

type Row = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly rewardUrl: string | null;
  readonly local: boolean;
  readonly state: string;
  readonly sentence: string | null;
  readonly seenAt: Date | null;
  readonly checkedAt: Date | null;
  readonly info: unknown;
};

/** An older studio's trainer may have said less. */
const infoOf = (stored: unknown): TrainerInfo | null => trainerInfoSchema.nullable().catch(null).parse(stored);

const jobsOf = (info: TrainerInfo | null): string[] => (info?.devices ?? []).flatMap(({ job }) => job ?? []);

type JobPlaces = ReadonlyMap<string, TrainerView['jobs'][number]>;

/** Where the jobs on these trainers' devices belong; a trainer may work for other studios and projects too. */
const placeJobs = async (viewer: Viewer, rows: readonly Row[]): Promise<JobPlaces> => {
  const ids = rows.flatMap(({ info }) => jobsOf(infoOf(info)));
  if (ids.length === 0) return new Map();
  const jobs = await db.job.findMany({
    where: { id: { in: ids }, ...visibleTo(viewer) },
    select: { id: true, iterationId: true, iteration: { select: { k: true, run: { select: { name: true } } } } },
  });
  return new Map(jobs.map(({ id, iterationId, iteration: { k, run } }) => [id, { id, iterationId, k, run: run.name }]));
};

const viewOf = ({ state, seenAt, checkedAt, info: stored, ...row }: Row, places: JobPlaces): TrainerView => {
  const info = infoOf(stored);
  return {
    ...row,
    state: trainerStateSchema.parse(state),
    seenAt: seenAt?.toISOString() ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
    info,
    jobs: jobsOf(info).flatMap((id) => places.get(id) ?? []),
    skew: info && versionSkew(info.version, STUDIO_VERSION),
  };
};

/** This machine first, then by name; at most 200. */
export const listTrainers = async (viewer: Viewer): Promise<TrainerView[]> => {
  const rows = await db.trainer.findMany({
    where: visibleTo(viewer),
    orderBy: [{ local: 'desc' }, { name: 'asc' }],
    take: MOST_TRAINERS,
    select: columns,
  });
  const places = await placeJobs(viewer, rows);
  return rows.map((row) => viewOf(row, places));
};

/** One trainer. Throws `not_found` for foreign ones too. */
export const getTrainer = async (viewer: Viewer, id: string): Promise<TrainerView> => {
  const row = await db.trainer.findFirst({ where: { id, ...visibleTo(viewer) }, select: columns });
  if (!row) throw new AppError('not_found', 'Trainer not found');
  return viewOf(row, await placeJobs(viewer, [row]));
};
