/**
 * Makes `videos/` and `first-look.ndjson` anew: `node --import tsx examples/first-look/generate.ts`.
 * The same bytes of NDJSON each time; the videos depend on the encoder's version.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Outcome, writeChain } from './chains';
import { type Clip, colourNames, type Direction, directions, FRAMES, shapes, writeClip } from './clips';
import { questionsOf } from './questions';

const here = import.meta.dirname;
const CLIPS = 8;
const directionNames = Object.keys(directions) as Direction[];

const pick = <T>(list: readonly T[], index: number): T => {
  const value = list[index % list.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};

const clips: Clip[] = Array.from({ length: CLIPS }, (_, index) => {
  const [colour, shape] = [pick(colourNames, index), pick(shapes, index)];
  const direction = pick(directionNames, index + Math.floor(index / directionNames.length));
  return { name: `${colour}-${shape}-${direction}`, colour, shape, direction, pixelsPerFrame: 3 + (index % 3) };
});

/** Eight samples a question: a mixed group, an easy one, a hard one, in turn. */
const groups: readonly (readonly Outcome[])[] = [
  ['good', 'goodLong', 'wrong', 'wrongThinking', 'repetitive', 'malformed', 'cutOff', 'reflected'],
  ['good', 'good', 'goodLong', 'good', 'reflected', 'good', 'goodLong', 'good'],
  ['wrong', 'wrongThinking', 'wrong', 'good', 'wrong', 'cutOff', 'wrongThinking', 'wrong'],
];

await mkdir(path.join(here, 'videos'), { recursive: true });
const lines: string[] = [];
let turn = 0;
for (const [index, clip] of clips.entries()) {
  await writeClip(clip, path.join(here, 'videos', `${clip.name}.mp4`));
  for (const question of questionsOf(clip, index)) {
    const { task, ...core } = question;
    const group = pick(groups, turn++);
    for (const [sample, outcome] of group.entries()) {
      const rollout = {
        veripo: 1,
        type: 'rollout',
        question: { ...core, modality: 'video', mediaPath: `${clip.name}.mp4`, split: 'train', source: 'first-look' },
        sampleKey: `${core.key}-${sample}`,
        response: writeChain(outcome, task),
        finishReason: outcome === 'cutOff' ? 'length' : 'stop',
        frameIndices: Array.from({ length: 8 }, (_, at) => Math.round((at * (FRAMES - 1)) / 7)),
      };
      lines.push(JSON.stringify(rollout));
    }
  }
}
await writeFile(path.join(here, 'first-look.ndjson'), `${lines.join('\n')}\n`);
process.stdout.write(`${clips.length} clips, ${lines.length} rollouts\n`);
