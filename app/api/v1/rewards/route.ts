import { batchRoute } from '@/lib/http/batch-route';
import { scoreRewards } from '@/lib/http/score-batch';

/** Scores a batch: ours or OpenRLHF's. */
export const POST = batchRoute('rewards', scoreRewards);
