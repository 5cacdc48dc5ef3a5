/**
 * The reward log of R1-V and Video-R1 (`DEBUG_MODE=true`): blocks of
 *
 *     ------------- 17-14-54-02-959598 Accuracy reward: 0.0 -------------
 *     Content: …
 *     Solution: <answer>300</answer>
 *
 * The samples of one group share the stamp (day-hour-minute-second-microsecond) to the last digit. The log has no
 * question, so each group is a question of its own with an empty prompt, known only by stamp and solution.
 */

import { digest } from '@/lib/domain/formats/digest';
import type { ImportRecord } from '@/lib/domain/formats/import-record';
import type { Bytes } from '@/lib/domain/formats/stream/bytes';
import { MAX_RECORD_BYTES } from '@/lib/domain/formats/stream/bytes';
import { readLines, tooLarge } from '@/lib/domain/formats/stream/text';
import { makeQuestion } from './make-question';
import { finite, refusal, rollout, storable } from './rows';

const HEADER = /^-{5,40} (\d{1,2}(?:-\d{1,6}){4}) Accuracy reward: (\S{1,40}) -{5,40}$/;
const SOLUTION = 'Solution: ';
const CONTENT = 'Content: ';

/** Whether a line starts a block. */
export const isLogHeader = (line: string): boolean => HEADER.test(line);

type Block = {
  readonly at: number;
  readonly stamp: string;
  readonly reward: number | null;
  readonly lines: string[];
  size: number;
  /** Index in `lines` of the last `Solution: ` line: a model may write one of its own before it. */
  solution: number;
  broken: string | undefined;
};

/**
 * Rollouts in file order, each at the line of its header. A header-like line inside a response does not end the
 * block, because a real block ends with its solution.
 */
export async function* readVideoR1Log(source: Bytes, maxBytes = MAX_RECORD_BYTES): AsyncGenerator<ImportRecord> {
  let block: Block | undefined;
  let lastEnded = true;
  for await (const line of readLines(source, maxBytes)) {
    if ('refusal' in line) {
      if (block) block.broken ??= line.refusal;
      else yield refusal(line.at, line.refusal);
      continue;
    }
    lastEnded = line.ended;
    const header = HEADER.exec(line.text);
    if (header !== null && (block === undefined || block.solution !== -1 || block.broken !== undefined)) {
      if (block) yield finish(block, true);
      const [, stamp = '', reward = ''] = header;
      block = {
        at: line.at,
        stamp,
        reward: finite(Number(reward)),
        lines: [],
        size: 0,
        solution: -1,
        broken: undefined,
      };
    } else if (block) grow(block, line.text, maxBytes);
    else if (line.text.trim() !== '') yield refusal(line.at, 'The line stands before the first block of the log.');
  }
  if (block) yield finish(block, lastEnded);
}

const grow = (block: Block, text: string, maxBytes: number): void => {
  block.size += text.length;
  if (block.size > maxBytes) {
    block.lines.length = 0;
    block.broken ??= tooLarge('block', maxBytes);
  }
  if (block.broken !== undefined) return;
  if (text.startsWith(SOLUTION)) block.solution = block.lines.length;
  block.lines.push(text);
};

const finish = (block: Block, ended: boolean): ImportRecord => {
  const { at, stamp, reward, lines, solution } = block;
  if (block.broken !== undefined) return refusal(at, block.broken);
  const cut = 'The block is cut off before the end of its solution: the log is half-written.';
  if (solution === -1) return refusal(at, cut);
  const truth = lines.slice(solution).join('\n').slice(SOLUTION.length).trim();
  if (!ended && !truth.endsWith('</answer>')) return refusal(at, cut);
  const content = lines.slice(0, solution).join('\n');
  if (!content.startsWith(CONTENT)) return refusal(at, 'The block has no `Content:` line.');
  const key = `${stamp}~${digest(truth).slice(0, 12)}`;
  const made = makeQuestion({
    id: null,
    key,
    prompt: '',
    options: null,
    truth,
    kind: null,
    modality: 'video',
    mediaPath: null,
  });
  if (!made.ok) return refusal(at, made.reason);
  const exact = made.question.kind === 'choice' || made.question.kind === 'number';
  return storable({
    type: 'rollout',
    at,
    rollout: rollout(made.question, content.slice(CONTENT.length), {
      groupKey: stamp,
      loggedReward: reward,
      // For exact kinds the accuracy reward is the trainer's word on right or wrong; graded kinds have no such line.
      loggedCorrect: exact && (reward === 0 || reward === 1) ? reward === 1 : null,
      rewards: { accuracy: reward },
    }),
  });
};
