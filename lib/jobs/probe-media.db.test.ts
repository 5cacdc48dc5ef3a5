import { randomUUID } from 'node:crypto';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { config } from '@/lib/config';
import { db } from '@/lib/data/db';
import { getFrameSeconds, getMedia, locateMedia } from '@/lib/data/media/read';
import { addMediaRoot, listMediaRoots, removeMediaRoot } from '@/lib/data/media/roots';
import type { Viewer } from '@/lib/data/viewer';
import { readFrame } from '@/lib/media/frames';
import { probeJob } from './probe-media';
import { realData, seedOwner } from './testing';

type Owner = Viewer & { readonly projectId: string };

const ask = async (owner: Owner, paths: readonly string[]) => {
  const questionSetId = randomUUID();
  await db.questionSet.create({ data: { id: questionSetId, projectId: owner.projectId, name: questionSetId } });
  await db.question.createMany({
    data: paths.map((mediaPath) => ({
      id: randomUUID(),
      projectId: owner.projectId,
      questionSetId,
      key: mediaPath,
      kind: 'choice',
      modality: 'video',
      prompt: '?',
      truth: 'A',
      mediaPath,
    })),
  });
};

const probe = async (owner: Owner) => {
  const id = randomUUID();
  const data = {
    id,
    projectId: owner.projectId,
    kind: 'probe',
    title: 'Look',
    unit: 'videos',
    createdBy: owner.userId,
  };
  await db.task.create({ data });
  await probeJob.perform(id, new AbortController().signal);
  return db.task.findUniqueOrThrow({ where: { id }, select: { state: true, result: true, error: true } });
};

const mediaOf = async (owner: Owner, mediaPath: string) => {
  const question = await db.question.findFirst({
    where: { projectId: owner.projectId, mediaPath },
    select: { mediaId: true },
  });
  return getMedia(owner, question?.mediaId ?? '');
};

const awkward = realData('videos', 'awkward', 'frames.webm');

describe.skipIf(awkward.absent)('the awkward videos (skipped without ../shared/data)', () => {
  let owner: Owner;
  const names = [
    'Mpeg4.mp4',
    'annex-b.mp4',
    'av1_video.mkv',
    'corrupted.mp4',
    'cursed-vfr.mp4',
    'frames.webm',
    'h264_10bits.mp4',
    'multiple-aac-tracks.mp4',
    'nasa_13013.mp4',
    'rotate-buck-bunny.mp4',
    'sar_2x1.mp4',
    'video-h265.mp4',
    'video_90.mov',
    'webm.webm',
    'absent.mp4',
  ];

  beforeAll(async () => {
    owner = await seedOwner();
    await addMediaRoot(owner, path.dirname(awkward.file));
    await ask(
      owner,
      names.map((name) => `./some/where/${name}`),
    );
    expect(await probe(owner)).toMatchObject({ state: 'done' });
  }, 120_000);

  test.each([
    ['annex-b.mp4', { frameCount: 6 }, /announces 35.2 s but its video lasts/],
    ['av1_video.mkv', { codec: 'av1', frameCount: 125, browser: 'yes' }, undefined],
    ['corrupted.mp4', { frameCount: 49 }, /1 of 50 frames is damaged/],
    ['cursed-vfr.mp4', { variableFrameRate: true, frameCount: 63 }, /rate varies/],
    ['frames.webm', { frameCount: 100, variableFrameRate: false }, undefined],
    ['h264_10bits.mp4', { browser: 'maybe' }, /8 bits.*extracted on the server/],
    ['nasa_13013.mp4', { videoStreams: 2, displayWidth: 480, frameCount: 390 }, /2 video streams/],
    ['rotate-buck-bunny.mp4', { rotation: 90, displayWidth: 1080, displayHeight: 1920 }, undefined],
    ['sar_2x1.mp4', { width: 640, displayWidth: 1280, displayHeight: 360 }, /not square/],
    ['video-h265.mp4', { codec: 'hevc', browser: 'maybe', frameCount: 300 }, /HEVC.*extracted on the server/],
    ['video_90.mov', { rotation: 90, displayWidth: 320, displayHeight: 568 }, undefined],
    ['webm.webm', { frameCount: 1 }, /single frame/],
  ])('%s is playable, and its probe tells what is odd', async (name, facts, note) => {
    const media = await mediaOf(owner, `./some/where/${name}`);
    expect(media).toMatchObject({ state: 'playable', sentence: null, probe: facts });
    if (note) expect(media.probe?.notes.join(' ')).toMatch(note);
    else expect(media.probe?.notes).toEqual([]);
    expect(await getFrameSeconds(owner, media.id)).toHaveLength(media.probe?.frameCount ?? -1);
  });

  test.each([
    ['Mpeg4.mp4', 'unplayable', /no video stream.*262 bytes/],
    ['multiple-aac-tracks.mp4', 'unplayable', /sound but no picture/],
    ['absent.mp4', 'missing', /No file absent.mp4 lies below the media root/],
  ])('%s is %s, with a sentence', async (name, state, sentence) => {
    const media = await mediaOf(owner, `./some/where/${name}`);
    expect(media).toMatchObject({ state, probe: null });
    expect(media.sentence).toMatch(sentence);
    await expect(locateMedia(owner, media.id)).rejects.toMatchObject({ message: media.sentence });
  });

  test('the video ends where its stream does, not where the container says', async () => {
    const media = await mediaOf(owner, './some/where/nasa_13013.mp4');
    expect(media.probe?.durationSeconds).toBeCloseTo(13.01, 1);
  });

  test('frames come out by index, in any order, also the last and after damage', async () => {
    const read = async (name: string, index: number) => {
      const media = await locateMedia(owner, (await mediaOf(owner, `./some/where/${name}`)).id);
      if (!media.probe) throw new Error('no probe');
      const frameSeconds = await getFrameSeconds(owner, media.id);
      return readFrame({ ...media.probe, path: media.path, version: '1', frameSeconds }, index, '160');
    };
    const pictures = await Promise.all([99, 0, 50, 50].map((index) => read('frames.webm', index)));
    for (const jpeg of pictures) expect(jpeg.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(pictures[2]).toEqual(pictures[3]);
    expect(pictures[0]).not.toEqual(pictures[2]);
    expect((await read('corrupted.mp4', 48)).length).toBeGreaterThan(500);
    expect((await read('annex-b.mp4', 5)).length).toBeGreaterThan(500);
    expect(jpegSize(await read('sar_2x1.mp4', 10))).toEqual([160, 46]);
    expect(jpegSize(await read('video_90.mov', 2))).toEqual([160, 284]);
    await expect(read('frames.webm', 100)).rejects.toMatchObject({ code: 'not_found' });
  }, 60_000);

  test('looking again reads nothing that did not change', async () => {
    expect(await probe(owner)).toMatchObject({ state: 'done', result: { looked: 0, missing: 1 } });
  });

  test('a root counts the files that are in it, not those that are missing', async () => {
    expect(await listMediaRoots(owner)).toMatchObject([{ files: names.length - 1 }]);
  });

  test('strangers find nothing', async () => {
    const stranger = await seedOwner();
    const { id } = await mediaOf(owner, './some/where/frames.webm');
    await expect(getMedia(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(locateMedia(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getFrameSeconds(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await listMediaRoots(stranger)).toEqual([]);
    const [root] = await listMediaRoots(owner);
    await expect(removeMediaRoot(stranger, root?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
  });
});

/** Width and height out of the frame header of a baseline JPEG. */
const jpegSize = (jpeg: Buffer): [number, number] => {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    if (jpeg[at + 1] === 0xc0) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
  }
  throw new Error('no frame header');
};

describe('paths stay inside the roots', () => {
  test('whatever a question writes, and wherever links lead', async () => {
    const owner = await seedOwner();
    const base = path.join(config().VERIPO_DATA_DIR, randomUUID());
    const root = path.join(base, 'root');
    await mkdir(path.join(root, 'a'), { recursive: true });
    await mkdir(path.join(root, 'b'), { recursive: true });
    await writeFile(path.join(base, 'secret.mp4'), 'secret');
    await writeFile(path.join(root, 'a', 'same.mp4'), 'x');
    await writeFile(path.join(root, 'b', 'same.mp4'), 'x');
    await writeFile(path.join(root, 'a', 'notes.txt'), 'x');
    await symlink(path.join(base, 'secret.mp4'), path.join(root, 'link.mp4'));
    await symlink(base, path.join(root, 'out'));
    await addMediaRoot(owner, root);
    const paths = [
      '../secret.mp4',
      path.join(base, 'secret.mp4'),
      '..%2fsecret.mp4',
      'link.mp4',
      'out/secret.mp4',
      'a/notes.txt',
      'a/../../secret.mp4',
      'x\\..\\..\\secret.mp4',
    ];
    await ask(owner, [...paths, 'same.mp4', 'b/same.mp4', 'b/same']);
    expect(await probe(owner)).toMatchObject({ state: 'done' });
    for (const written of paths) expect(await mediaOf(owner, written)).toMatchObject({ state: 'missing', probe: null });
    expect((await mediaOf(owner, 'same.mp4')).sentence).toMatch(/2 files are called same.mp4/);
    expect(await mediaOf(owner, 'b/same.mp4')).toMatchObject({ relPath: 'b/same.mp4', state: 'unplayable' });
    expect(await mediaOf(owner, 'b/same')).toMatchObject({ relPath: 'b/same.mp4' });
  }, 60_000);

  test('a file that appears later is found, one that goes is missing', async () => {
    const owner = await seedOwner();
    const root = path.join(config().VERIPO_DATA_DIR, randomUUID());
    await mkdir(root, { recursive: true });
    await addMediaRoot(owner, root);
    await ask(owner, ['late.mp4']);
    await probe(owner);
    expect(await mediaOf(owner, 'late.mp4')).toMatchObject({ state: 'missing' });
    await writeFile(path.join(root, 'late.mp4'), 'not a video');
    await probe(owner);
    expect(await mediaOf(owner, 'late.mp4')).toMatchObject({ state: 'unplayable' });
    await rm(path.join(root, 'late.mp4'));
    await probe(owner);
    expect((await mediaOf(owner, 'late.mp4')).sentence).toMatch(/was there and is gone|No file/);
  }, 60_000);

  test.each([
    ['a relative path', 'videos', /absolute/],
    ['no folder', '/no/such/folder', /no folder/],
    ['the whole disk', '/', /whole disk/],
  ])('%s is no media root', async (_name, folder, sentence) => {
    await expect(addMediaRoot(await seedOwner(), folder)).rejects.toThrow(sentence);
  });
});
