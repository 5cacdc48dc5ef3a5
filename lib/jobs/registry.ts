import 'server-only';
/** Every job that a worker does. */
import { countJob } from './count-thinking';
import type { Job } from './define-job';
import { importJob } from './import-file';
import { judgeJob } from './judge-iteration';
import { probeJob } from './probe-media';
import { proposePairsJob } from './propose-pairs';
import { verifyJob } from './verify';

export const jobs: readonly Job[] = [importJob(), probeJob, verifyJob, proposePairsJob, judgeJob, countJob];
