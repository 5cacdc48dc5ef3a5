import 'server-only';
/** Trainers as screens show them. The token stays here. */
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { trainerInfoSchema } from '@/lib/domain/trainer/answers';
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

const viewOf = ({ state, seenAt, checkedAt, info: stored, ...row }: Row): TrainerView => {
  const info = trainerInfoSchema.nullable().catch(null).parse(stored); // An older studio's trainer may have said less.
  return {
    ...row,
    state: trainerStateSchema.parse(state),
    seenAt: seenAt?.toISOString() ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
    info,
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
  return rows.map(viewOf);
};

/** One trainer. Throws `not_found` for foreign ones too. */
export const getTrainer = async (viewer: Viewer, id: string): Promise<TrainerView> => {
  const row = await db.trainer.findFirst({ where: { id, ...visibleTo(viewer) }, select: columns });
  if (!row) throw new AppError('not_found', 'Trainer not found');
  return viewOf(row);
};
