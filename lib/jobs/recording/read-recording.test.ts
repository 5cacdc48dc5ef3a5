import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOfPart, partSchema, RECORDING_FILE, type Recording } from '@/lib/domain/recording/recording';
import { begunAt, listParts, readRecording } from './read-recording';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-recordings-'));
});
afterEach(() => rm(folder, { recursive: true }));

const startedOn = (day: number): Recording => ({
  version: 1,
  run: 'a run',
  base: { source: 'local', name: 'base' },
  machine: { trainer: '', device: '', packages: {} },
  questionSets: [{ name: 'train', file: 'questions/train.ndjson' }],
  iterations: [day + 1, day].map((at, k) => ({
    k,
    startedAt: `2026-01-0${at}T00:00:00.000Z`,
    finishedAt: `2026-01-0${at}T01:00:00.000Z`,
    plan: {},
    jobs: [],
  })),
});

const put = async (part: string | null, recording: Recording) => {
  if (part !== null) await mkdir(path.join(folder, part));
  await writeFile(path.join(folder, fileOfPart(part, RECORDING_FILE)), JSON.stringify(recording));
};

test('a folder lists its own recording first, then those beside it', async () => {
  expect(await listParts(folder)).toEqual([]);
  expect(await listParts(path.join(folder, 'not-there'))).toEqual([]);
  await put('b-side', startedOn(1));
  await put('a-side', startedOn(1));
  await mkdir(path.join(folder, 'events'));
  expect(await listParts(folder)).toEqual(['a-side', 'b-side']);
  await put(null, startedOn(1));
  expect(await listParts(folder)).toEqual([null, 'a-side', 'b-side']);
});

test.each([
  ['made later: a moment before the run it stands beside', 5, '2026-01-02T23:59:59.999Z'],
  ['made earlier: as it was', 1, '2026-01-01T00:00:00.000Z'],
] as const)('the time of a run beside another, %s', async (_name, day, time) => {
  await put(null, startedOn(3));
  await put('beside', startedOn(day));
  expect(await begunAt(folder, 'beside', startedOn(day))).toEqual(new Date(time));
  expect(await begunAt(folder, null, startedOn(3))).toEqual(new Date('2026-01-03T00:00:00.000Z'));
});

test('without another recording a run has its own time', async () => {
  expect(await begunAt(folder, 'beside', startedOn(5))).toEqual(new Date('2026-01-05T00:00:00.000Z'));
});

test('no recording, and one of a version to come', async () => {
  await expect(readRecording(folder)).rejects.toThrow('There is no recording.json');
  await expect(readRecording(folder, 'beside')).rejects.toThrow('There is no beside/recording.json');
  await writeFile(path.join(folder, RECORDING_FILE), '{"version":2}');
  await expect(readRecording(folder)).rejects.toThrow('recording.json: version');
});

test.each(['..', '.', '', 'a/b', '.hidden', 'a b'])('no name beside another recording: %j', (name) => {
  expect(partSchema.safeParse(name).success).toBe(false);
});
