import 'server-only';
/** Every job that a worker does. */
import type { Job } from './define-job';
import { importJob } from './import-file';
import { verifyJob } from './verify';

export const jobs: readonly Job[] = [importJob(), verifyJob];
