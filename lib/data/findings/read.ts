import 'server-only';
/** What a run's figures answer. Worked out from its rollouts each time: a corrected verdict moves it. */
import { compareSlices } from '@/lib/data/comparison/compare';
import { listCandidates, listKnownRuns } from '@/lib/data/curves/turns';
import { listSlices } from '@/lib/data/slices/list';
import type { Viewer } from '@/lib/data/viewer';
import { arePartners } from '@/lib/domain/curves/families';
import { composeFindings, type Step } from '@/lib/domain/findings/compose';
import type { Finding } from '@/lib/domain/findings/finding';
import { dpoSteps, ladderOf } from '@/lib/domain/findings/ladder';
import { wholeSlices } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';
import { AppError } from '@/lib/errors';

const stepOf = async (viewer: Viewer, slices: readonly [Slice, Slice]): Promise<Step[]> => {
  const { slices: compared, sides } = await compareSlices(viewer, slices, wholeSlices);
  const [[base, other], [change]] = [compared, sides];
  return base && other && change ? [{ base, other, change }] : [];
};

/** The newest run beside this one that differs in its DPO. */
const findPartner = async (viewer: Viewer, runId: string): Promise<string | null> => {
  const [run] = await listKnownRuns(viewer, [runId]);
  if (!run) throw new AppError('not_found', 'Run not found');
  return (await listCandidates(viewer, runId)).find((candidate) => arePartners(run, candidate))?.id ?? null;
};

/** The five findings of a run. Throws `not_found` for foreign runs too. */
export const readFindings = async (viewer: Viewer, runId: string): Promise<Finding[]> => {
  const partner = await findPartner(viewer, runId);
  const all = await listSlices(viewer, partner === null ? [runId] : [runId, partner]);
  const own = all.filter((slice) => slice.runId === runId);
  const ladder = ladderOf(own);
  const steps: Step[] = [];
  const beside = all.filter((slice) => slice.runId === partner);
  for (const pair of dpoSteps(own, beside)) steps.push(...(await stepOf(viewer, pair)));
  const [step] = ladder ? await stepOf(viewer, ladder) : [];
  return composeFindings({ step: step ?? null, dpo: steps });
};
