import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLedger } from './ledger';
import { identifyProcess } from './process-identity';
import { backOffMs, describeExit, keepRunning, type RunningService } from './service';

let folder: string;
let running: RunningService | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-service-'));
});
afterEach(async () => {
  await running?.stop(1_000);
  await rm(folder, { recursive: true });
});

const service = (script: string) => ({
  name: 'helper',
  args: ['-e', script],
  env: {},
  logFile: path.join(folder, 'log'),
});

test.each([
  [0, 250],
  [1, 500],
  [6, 16_000],
  [7, 30_000],
  [500, 30_000],
])('after %i failures the next start waits %i ms', (failures, delay) => {
  expect(backOffMs(failures)).toBe(delay);
});

test('how it ended, in words', () => {
  expect(describeExit({ code: null, signal: 'SIGKILL' })).toBe('was killed (SIGKILL)');
  expect(describeExit({ code: 3, signal: null })).toBe('ended with code 3');
});

test('a killed service starts again, and stops when asked', async () => {
  running = keepRunning(service('setInterval(() => {}, 1000)'), await openLedger(folder));
  const first = await vi.waitUntil(() => running?.pid(), { timeout: 5_000 });
  process.kill(first, 'SIGKILL');
  const second = await vi.waitUntil(() => running?.pid() !== first && running?.pid(), { timeout: 5_000 });
  expect(second).not.toBe(first);
  await running.stop(5_000);
  expect(identifyProcess(Number(second))).toBeUndefined();
});

test('one that does not stop is ended by force', async () => {
  const stubborn = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)";
  running = keepRunning(service(stubborn), await openLedger(folder));
  await vi.waitUntil(async () => running?.pid() && (await running.readLog()).includes('up'), { timeout: 5_000 });
  const pid = Number(running.pid());
  await running.stop(200);
  expect(identifyProcess(pid)).toBeUndefined();
});

test('a new supervisor ends what a killed one left running', async () => {
  const orphanKeeper = keepRunning(service('setInterval(() => {}, 1000)'), await openLedger(folder));
  const pid = await vi.waitUntil(() => orphanKeeper.pid(), { timeout: 5_000 });
  await openLedger(folder);
  expect(identifyProcess(pid)).toBeUndefined();
  await orphanKeeper.stop(1_000);
});
