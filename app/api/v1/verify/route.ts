import { batchRoute } from '@/lib/http/batch-route';
import { scoreVerdicts } from '@/lib/http/score-batch';

/** Judges a batch, in either shape of the rewards: whole verdicts with reasons and spans. A job's token stays outside. */
export const POST = batchRoute('api', scoreVerdicts);
