/** `fixtures/frames.json` is the contract with the trainer: its own tests read the same cases. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { samplerProfileSchema } from './profile';
import { seenSize, videoTokens } from './resize';
import { sampleFrames } from './sampler';

const clip = z.object({ name: z.string(), frameCount: z.int(), fps: z.number(), profile: samplerProfileSchema });
const size = z.object({
  name: z.string(),
  height: z.int(),
  width: z.int(),
  frames: z.int(),
  profile: samplerProfileSchema,
});
const refused = { refused: z.string() };
const tableSchema = z.object({
  clips: z.array(
    z.union([
      clip.extend({ indices: z.array(z.int()), sampleFps: z.number(), secondPerGrid: z.number() }),
      clip.extend(refused),
    ]),
  ),
  sizes: z.array(
    z.union([
      size.extend({
        seen: z.tuple([z.int(), z.int()]),
        grid: z.tuple([z.int(), z.int(), z.int()]),
        visualTokens: z.int(),
        totalTokens: z.int(),
      }),
      size.extend(refused),
    ]),
  ),
});
const table = tableSchema.parse(JSON.parse(await readFile('fixtures/frames.json', 'utf8')));

test.each(table.clips)('frames: $name', (row) => {
  const sample = sampleFrames({ frameCount: row.frameCount, fps: row.fps }, row.profile);
  if ('refused' in row) return expect(sample).toMatchObject({ ok: false, error: { message: row.refused } });
  expect(sample).toMatchObject({
    ok: true,
    data: {
      indices: row.indices,
      sampleFps: expect.closeTo(row.sampleFps, 9),
      secondPerGrid: expect.closeTo(row.secondPerGrid, 9),
    },
  });
});

test.each(table.sizes)('sizes: $name', (row) => {
  const seen = seenSize({ height: row.height, width: row.width }, row.profile, row.frames);
  if ('refused' in row) return expect(seen).toMatchObject({ ok: false, error: { message: row.refused } });
  const [height, width] = row.seen;
  expect(seen).toEqual({ ok: true, data: { height, width } });
  expect(videoTokens(row.frames, { height, width }, 28)).toEqual({
    visual: row.visualTokens,
    total: row.totalTokens,
    grid: row.grid,
  });
});
