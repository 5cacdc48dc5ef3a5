import 'server-only';
/** Everything that a launch form chooses from. */
import { listPairSets } from '@/lib/data/pair-sets/read';
import { listRunNames } from '@/lib/data/runs/list';
import { listTrainers } from '@/lib/data/trainers/read';
import type { Viewer } from '@/lib/data/viewer';
import type { LaunchChoices } from '@/lib/domain/loop/launch-choices';
import { listCheckpointSizes, listMeasures } from './measures';
import { getRunChoice, listCheckpointChoices } from './run';
import { listSetChoices } from './sets';

/**
 * The choices for the next iteration of a run, or, without one, for a new run.
 *
 * @throws AppError `not_found` for a foreign run.
 */
export const readLaunch = async (viewer: Viewer, { runId }: { runId?: string | undefined }): Promise<LaunchChoices> => {
  // First and alone: a foreign run is refused before anything is read for it.
  const run = runId === undefined ? null : await getRunChoice(viewer, runId);
  const [runs, questionSets, pairSets, checkpoints, trainers, measures, checkpointSizes] = await Promise.all([
    listRunNames(viewer),
    listSetChoices(viewer, run?.id ?? null),
    listPairSets(viewer),
    listCheckpointChoices(viewer, run?.id ?? null),
    listTrainers(viewer),
    listMeasures(viewer),
    listCheckpointSizes(viewer),
  ]);
  const isOfRun = (set: { runId: string }) => Number(set.runId === run?.id);
  return {
    runs,
    run,
    questionSets,
    pairSets: pairSets
      .map(({ id, number, runId: of, runName, k, pairCount }) => ({ id, number, runId: of, runName, k, pairCount }))
      .sort((a, b) => isOfRun(b) - isOfRun(a) || b.number - a.number),
    checkpoints,
    trainers,
    measures,
    checkpointSizes,
  };
};
