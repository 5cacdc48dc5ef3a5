import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { seedProject, seedRun } from '@/lib/data/testing/seed';
import { trainerRegistrationSchema } from '@/lib/domain/trainer-view';
import { getTrainerAddress } from './address';
import { checkTrainer } from './health';
import { getTrainer, listTrainers } from './read';
import { forgetTrainer, registerTrainer } from './register';

const TOKEN = 'a-token-of-the-tests-only';
const gpu = trainerRegistrationSchema.parse({ name: 'gpu', url: 'http://gpu:8711', token: TOKEN, rewardUrl: null });

test('a registered trainer is listed without its token, which only the worker gets', async () => {
  const { owner, projectId } = await seedProject();
  const id = await registerTrainer(owner, gpu);
  const [view] = await listTrainers(owner);
  expect(view).toMatchObject({ id, name: 'gpu', url: 'http://gpu:8711', state: 'offline', local: false, info: null });
  expect(JSON.stringify(view)).not.toContain(TOKEN);
  expect(await getTrainerAddress(projectId, id)).toEqual({
    url: 'http://gpu:8711',
    token: TOKEN,
    rewardUrl: 'http://localhost:3000/api/v1/rewards',
  });
  const { token } = await db.trainer.findUniqueOrThrow({ where: { id } });
  expect(Buffer.from(token ?? []).toString('latin1')).not.toContain(TOKEN);
});

test.each([
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/api/v1/rewards'],
  ['http://127.0.0.1:8720/rewards', 'http://127.0.0.1:8720/rewards'],
])('rewards are asked where it reaches the studio: %s', async (given, rewardUrl) => {
  const { owner, projectId } = await seedProject();
  const id = await registerTrainer(owner, trainerRegistrationSchema.parse({ ...gpu, rewardUrl: given }));
  expect(await getTrainerAddress(projectId, id)).toMatchObject({ rewardUrl });
});

test('a stranger sees, checks and forgets nothing; a reviewer sees only', async () => {
  const { owner, reviewer, projectId } = await seedProject();
  const other = await seedProject();
  const id = await registerTrainer(owner, gpu);
  const missing = { code: 'not_found' };
  expect(await listTrainers(other.owner)).toEqual([]);
  await expect(getTrainer(other.owner, id)).rejects.toMatchObject(missing);
  await expect(getTrainerAddress(other.projectId, id)).rejects.toMatchObject(missing);
  for (const viewer of [other.owner, reviewer]) {
    await expect(checkTrainer(viewer, id)).rejects.toMatchObject(missing);
    await expect(forgetTrainer(viewer, id)).rejects.toMatchObject(missing);
  }
  await expect(registerTrainer(reviewer, { ...gpu, name: 'mine' })).rejects.toMatchObject(missing);
  expect(await listTrainers(reviewer)).toMatchObject([{ id }]);
  await registerTrainer(other.owner, gpu); // Names and addresses are taken per project.
  await forgetTrainer(owner, id);
  await expect(getTrainerAddress(projectId, id)).rejects.toMatchObject(missing);
});

test.each([
  ['its name', { ...gpu, url: 'http://gpu:1' }, /“gpu” already/],
  ['its address', { ...gpu, name: 'again' }, /registered already, as “gpu”/],
])('a second trainer is refused by %s', async (_name, second, message) => {
  const { owner } = await seedProject();
  await registerTrainer(owner, gpu);
  await expect(registerTrainer(owner, second)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(message),
  });
});

test('it is not forgotten while something runs there, nor when it comes with the studio', async () => {
  const project = await seedProject();
  const { iterationId } = await seedRun(project, { groups: 1 });
  const trainerId = await registerTrainer(project.owner, gpu);
  const job = { id: randomUUID(), projectId: project.projectId, iterationId, trainerId, kind: 'grpo' };
  await db.job.create({ data: { ...job, stage: 'grpo', state: 'running' } });
  const forget = () => forgetTrainer(project.owner, trainerId);
  await expect(forget()).rejects.toMatchObject({ message: expect.stringMatching(/^A job still runs there/) });
  await db.job.update({ where: { id: job.id }, data: { state: 'cancelled' } });
  await db.iteration.update({ where: { id: iterationId }, data: { state: 'curate', trainerId } });
  await expect(forget()).rejects.toMatchObject({ message: expect.stringMatching(/^An iteration still uses it/) });
  await db.iteration.update({ where: { id: iterationId }, data: { state: 'done' } });
  await db.trainer.update({ where: { id: trainerId }, data: { local: true } });
  await expect(forget()).rejects.toMatchObject({ message: expect.stringMatching(/--no-trainer/) });
  await db.trainer.update({ where: { id: trainerId }, data: { state: 'absent' } });
  await forget();
  expect(await db.job.findUnique({ where: { id: job.id } })).toMatchObject({ trainerId: null });
});

test.each([
  ['another protocol', { url: 'ftp://gpu' }],
  ['a password', { url: 'http://me:secret@gpu:1' }],
  ['a query', { url: 'http://gpu:1/?token=x' }],
  ['a short token', { token: 'short' }],
  ['a token no header carries', { token: 'sixteen characters, with spaces' }],
  ['no name', { name: '  ' }],
  ['a NUL in the name', { name: 'g\0pu' }],
  ['the name of this machine', { name: 'this machine' }],
])('a registration with %s is refused', (_name, change) => {
  expect(trainerRegistrationSchema.safeParse({ ...gpu, ...change }).success).toBe(false);
});
