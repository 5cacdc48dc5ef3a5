import { expect, test } from 'vitest';
import type { TrainerInfo } from './answers';
import { healthOfAnswer, healthOfFailure, nextCheckMs, visibleInfo } from './health';
import { versionSkew } from './skew';
import { testTrainerInfo } from './testing';

const [a, b] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const another = healthOfAnswer({ trainerId: b }, { trainerId: a, sentence: null }, false).sentence;

test.each([
  ['the first answer', null, null, false, null],
  ['the same trainer', b, null, false, null],
  ['back from being unreachable', b, 'The trainer at gpu cannot be reached.', false, null],
  ['another trainer than before', a, null, false, another],
  ['still told one answer later', b, another, false, another],
  ['a person has asked again', b, another, true, null],
  ['another one while a person asks', a, null, true, another],
])('an answer is online: %s', (_name, trainerId, sentence, acknowledged, expected) => {
  expect(healthOfAnswer({ trainerId: b }, { trainerId, sentence }, acknowledged)).toEqual({
    state: 'online',
    sentence: expected,
  });
  expect(another).toMatch(/knows none of the jobs/);
});

test.each([
  ['forbidden', 'refused'],
  ['unsupported', 'refused'],
  ['unavailable', 'offline'],
  ['conflict', 'offline'],
])('a failure of code %s is %s, in its own words', (code, state) => {
  expect(healthOfFailure({ code, message: 'Why.' })).toEqual({ state, sentence: 'Why.' });
});

const info: TrainerInfo = {
  ...testTrainerInfo,
  trainerId: a,
  disk: { totalBytes: 100e9, freeBytes: 50e9 },
  memory: { totalBytes: 8e9, freeBytes: 4e9 },
};

test.each<[string, Partial<TrainerInfo>, boolean]>([
  ['nothing', {}, false],
  ['free memory', { memory: { totalBytes: 8e9, freeBytes: 1e9 } }, false],
  ['a few megabytes of disk', { disk: { totalBytes: 100e9, freeBytes: 50.2e9 } }, false],
  ['gigabytes of disk', { disk: { totalBytes: 100e9, freeBytes: 47e9 } }, true],
  ['a job on a device', { devices: info.devices.map((device) => ({ ...device, job: b })) }, true],
  ['the queue', { queued: 1 }, true],
  ['a model', { models: ['tiny', 'large'] }, true],
  ['another trainer', { trainerId: b }, true],
])('wakes browsers or not: %s', (_name, change, seen) => {
  expect(visibleInfo({ ...info, ...change }) !== visibleInfo(info)).toBe(seen);
});

test('is asked again in 10 s while online, sooner when it has just gone, later when it stays away', () => {
  expect([0, 1, 2, 3, 4, 5, 1_000].map(nextCheckMs)).toEqual([10_000, 3_000, 6_000, 12_000, 24_000, 30_000, 30_000]);
});

test.each([
  ['0.1.0', '0.1.0', null],
  ['0.1.0', '0.2.0', /trainer is version 0\.1\.0, the studio 0\.2\.0.*update the trainer/],
  ['0.10.0', '0.9.1', /update the studio/],
  ['<b>0.1</b>', '0.1.0', /results may differ/],
  ['x'.repeat(500), '0.1.0', /^.{1,150}$/],
])('trainer %s beside studio %s', (trainer, studio, expected) => {
  const said = versionSkew(trainer, studio);
  if (expected === null) expect(said).toBeNull();
  else expect(said).toMatch(expected);
});
