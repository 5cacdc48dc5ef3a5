import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { JobStatus } from '@/lib/domain/trainer/answers';
import { AppError } from '@/lib/errors';
import type { JobPort } from '@/lib/trainer/port';
import { queueTeller } from './queue-teller';

const status = (more: Partial<JobStatus>): JobStatus => ({
  job: { id: 'b3f0c8a2-1111-4222-8333-444455556666', kind: 'grpo', engine: 'builtin', title: '' },
  state: 'queued',
  attempt: 1,
  device: null,
  queuePosition: 0,
  waitingFor: 'Another job runs on cpu.',
  cancelRequested: false,
  progress: { step: null, steps: null, rollouts: 0 },
  lastSeq: 1,
  error: null,
  createdAt: '2026-01-05T10:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  ...more,
});

const portOf = (getJob: JobPort['getJob']): JobPort => {
  const absent = () => Promise.reject(new Error('not asked in this test'));
  return {
    getJob,
    putFile: absent,
    createJob: absent,
    cancelJob: absent,
    resumeJob: absent,
    // biome-ignore lint/correctness/useYield: nothing reads it here
    readEvents: async function* () {
      throw new Error('not asked in this test');
    },
  };
};

const SAYS = 'Another job runs on cpu. This job is the next to start.';

test('a queued job tells its reason once it is asked, and takes it back when it starts', async () => {
  const told: (string | null)[] = [];
  const teller = queueTeller(
    'a',
    portOf(async () => status({})),
    (one) => void told.push(one),
    0,
  );
  await teller.hear('queued');
  await teller.hear(undefined);
  await vi.waitFor(() => expect(told).toEqual([SAYS]));
  await teller.hear('running');
  expect(told).toEqual([SAYS, null]);
});

test('a job that starts before it is asked after says nothing, and no answer that comes late is told', async () => {
  const told: (string | null)[] = [];
  const answer = Promise.withResolvers<JobStatus>();
  const asked = vi.fn(() => answer.promise);
  const teller = queueTeller('a', portOf(asked), (one) => void told.push(one), 0);
  await teller.hear('queued');
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  const started = teller.hear('running');
  answer.resolve(status({}));
  await started;
  await sleep(5);
  expect(told).toEqual([]);
});

test('what was told before the line broke is taken back when the job has started meanwhile', async () => {
  const told: (string | null)[] = [];
  const teller = queueTeller(
    'a',
    portOf(async () => status({})),
    (one) => void told.push(one),
    0,
  );
  await teller.hear('queued');
  await vi.waitFor(() => expect(told).toEqual([SAYS]));
  await teller.stop();
  await teller.hear('running');
  expect(told).toEqual([SAYS, null]);
});

test('a trainer that does not answer is no news', async () => {
  const told: (string | null)[] = [];
  const asked = vi.fn(() => Promise.reject(new AppError('unavailable', 'It cannot be reached.')));
  const teller = queueTeller('a', portOf(asked), (one) => void told.push(one), 0);
  await teller.hear('queued');
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  await teller.stop();
  expect(told).toEqual([]);
});
