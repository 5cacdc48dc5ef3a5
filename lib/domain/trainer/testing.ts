/** For tests only: what a trainer on a CPU says of itself. */
import type { TrainerInfo } from './answers';

export const testTrainerInfo: TrainerInfo = {
  protocol: 1,
  version: '0.1.0',
  trainerId: '00000000-0000-4000-8000-00000000000a',
  python: '3.12',
  platform: 'Linux',
  packages: {},
  startedAt: '2026-01-05T10:00:00.000Z',
  devicesReady: true,
  devices: [{ name: 'cpu', kind: 'cpu', model: 'CPU', memoryBytes: null, job: null }],
  engines: [
    { name: 'builtin', available: true, reason: null },
    { name: 'ms-swift', available: false, reason: 'It is not installed.' },
  ],
  models: ['small'],
  limits: {
    maxFileBytes: 1,
    maxDataBytes: 1,
    maxRequestBytes: 1,
    maxUnfinishedJobs: 1,
    minFreeDiskBytes: 0,
    maxMemoryBytes: null,
  },
  disk: { totalBytes: 1, freeBytes: 1 },
  memory: null,
  queued: 0,
  running: 0,
};
