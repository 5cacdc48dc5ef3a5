/** Readers against the public files of the shared data folder; skipped where that folder is absent. */
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatStudioQuestion, formatStudioRollout, readStudioLine } from '@/lib/domain/formats/readers/studio-ndjson';
import { optionLetter } from '@/lib/domain/question';
import { detectFormat, HEAD_BYTES } from './detect';
import { groupId, questionId, sampleIdentity } from './identity';
import type { Format, ImportedQuestion, ImportRecord } from './import-record';
import { readRecords, sourceOf } from './read';
import { all, refusalsOf, rolloutsOf } from './test-support';

const data = path.resolve('../shared/data');
const here = existsSync(data);
const reason = here ? '' : ' (skipped: ../shared/data is absent)';

const load = async (name: string): Promise<ImportRecord[]> => {
  const file = await readFile(path.join(data, name));
  const format = detectFormat(name, file.subarray(0, HEAD_BYTES));
  if (typeof format !== 'string') throw new Error(format.unsupported);
  return all(readRecords(format, sourceOf(file)));
};

const videoMmmu = ['greedy', 't01_p001_greedy', 't01_p01_greedy', 't02_p05_greedy'].map((name) => `videommmu_${name}`);

const identify = (records: readonly ImportRecord[], label: string) => {
  const identity = sampleIdentity(label);
  return rolloutsOf(records).map((rollout, at) => {
    const question = questionId('set', rollout.question);
    const group = groupId({
      iterationId: 'i',
      stage: 'eval',
      step: rollout.step,
      groupKey: rollout.groupKey,
      questionId: question,
    });
    const sample = identity({ groupId: group, sampleKey: rollout.sampleKey, response: rollout.response, at });
    if (!sample.ok) throw new Error(sample.reason);
    return { question, group, id: sample.id, response: rollout.response };
  });
};

const kindCounts = (questions: readonly ImportedQuestion[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of questions) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

describe.skipIf(!here)(`real files${reason}`, () => {
  test.each<[string, Format]>([
    ['rollouts/videommmu_greedy.json', 'video-r1-eval'],
    ['rollouts/eval_vsibench_4d_llm.json', 'video-r1-eval'],
    ['rollouts/reward_log_4d_llm.txt', 'video-r1-log'],
    ['questions/lvbench.json', 'veripo-questions'],
    ['questions/mmvu.json', 'veripo-questions'],
    ['questions/tomato.json', 'veripo-questions'],
    ['questions/video_mme.json', 'veripo-questions'],
    ['questions/vsi_bench.json', 'veripo-questions'],
  ])('%s is %s by its content', async (name, format) => {
    const handle = await open(path.join(data, name));
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    await handle.close();
    expect(detectFormat('renamed.bin', buffer.subarray(0, bytesRead))).toBe(format);
  });

  test('the multi-round file is recognised and refused in one sentence', async () => {
    const file = await readFile(path.join(data, 'rollouts/gpt_video_responses_multiround.json'));
    const detected = detectFormat('gpt_video_responses_multiround.json', file.subarray(0, HEAD_BYTES));
    expect(detected).toEqual({ unsupported: expect.stringContaining('conversations of several rounds') });
  });

  test('four VideoMMMU files are 1560 samples of 390 questions, however alike their texts', async () => {
    const files = await Promise.all(
      videoMmmu.map(async (name) => ({ name, records: await load(`rollouts/${name}.json`) })),
    );
    expect(files.flatMap(({ records }) => refusalsOf(records))).toEqual([]);
    const rows = files.flatMap(({ name, records }) => identify(records, name));
    expect(rows).toHaveLength(1560);
    expect(new Set(rows.map((row) => row.id)).size).toBe(1560);
    expect(new Set(rows.map((row) => row.question)).size).toBe(390);
    expect(new Set(rows.map((row) => row.group)).size).toBe(390);
    expect(new Set(rows.map((row) => row.response)).size).toBe(1116);
    const rollouts = files.flatMap(({ records }) => rolloutsOf(records));
    const one = rollouts.slice(0, 390).map((rollout) => rollout.question);
    expect(kindCounts(one)).toEqual({ choice: 376, number: 14 });
    expect(one.flatMap((question) => question.options).filter((option) => /^[A-J]\. /.test(option))).toEqual([]);
    expect(rollouts.every((rollout) => rollout.loggedCorrect !== null && rollout.loggedReward !== null)).toBe(true);
    expect(rollouts[0]?.question).toMatchObject({ truth: 'A', source: 'VideoMMMU', modality: 'video' });
    expect(rollouts[0]?.question.options.slice(0, 2)).toEqual(['aldose', 'ketose']);
  });

  test('the same file twice, grown, or in another order has the same ids', async () => {
    const records = await load('rollouts/videommmu_t02_p05_greedy.json');
    const ids = new Set(identify(records, 'f').map((row) => row.id));
    expect(new Set(identify(records, 'f').map((row) => row.id))).toEqual(ids);
    expect(new Set(identify(records.toReversed(), 'f').map((row) => row.id))).toEqual(ids);
    const grown = new Set(
      identify([...records, ...(await load('rollouts/eval_vsibench_4d_llm.json'))], 'f').map((row) => row.id),
    );
    expect([...ids].every((id) => grown.has(id))).toBe(true);
    expect(grown.size).toBe(409);
  });

  test('the VSI evaluation has 19 rollouts', async () => {
    const records = await load('rollouts/eval_vsibench_4d_llm.json');
    expect(rolloutsOf(records)).toHaveLength(19);
    expect(kindCounts(rolloutsOf(records).map((rollout) => rollout.question))).toEqual({ number: 19 });
    expect(rolloutsOf(records)[0]).toMatchObject({ loggedReward: 0, loggedCorrect: false, question: { truth: '4' } });
  });

  test('the reward log has 160 samples in 24 groups of one question each', async () => {
    const records = await load('rollouts/reward_log_4d_llm.txt');
    expect(refusalsOf(records)).toEqual([]);
    const rollouts = rolloutsOf(records);
    expect(rollouts).toHaveLength(160);
    expect(new Set(rollouts.map((rollout) => rollout.groupKey)).size).toBe(24);
    expect(new Set(rollouts.map((rollout) => rollout.question.key)).size).toBe(24);
    expect(new Set(identify(records, 'log').map((row) => row.id)).size).toBe(160);
    expect(kindCounts(rollouts.map((rollout) => rollout.question))).toEqual({ number: 96, choice: 60, text: 4 });
    expect(rollouts.filter((rollout) => rollout.loggedCorrect === null)).toHaveLength(4);
  });

  test.each([
    ['vsi_bench', 5130, { regression: 2640, choice: 2490 }],
    ['video_mme', 2700, { choice: 2700 }],
    ['lvbench', 1549, { choice: 1549 }],
    ['tomato', 1484, { choice: 1484 }],
    ['mmvu', 625, { choice: 625 }],
  ])('%s: all %i questions, no option lost', async (name, count, kinds) => {
    const records = await load(`questions/${name}.json`);
    expect(refusalsOf(records)).toEqual([]);
    const questions = records.flatMap((record) => (record.type === 'question' ? [record.question] : []));
    expect(questions).toHaveLength(count);
    expect(kindCounts(questions)).toEqual(kinds);
    expect(new Set(questions.map((question) => question.key)).size).toBe(count);
    const raw = JSON.parse(await readFile(path.join(data, `questions/${name}.json`), 'utf8'));
    questions.forEach((question, index) => {
      const asked: string = raw[index].processed_question;
      const lines = asked.split('\n').filter((line) => /^(?:\([A-Z]\)|[A-Z]\.) /.test(line));
      const stated = question.kind === 'choice' ? lines : [];
      expect(question.options).toHaveLength(stated.length);
      expect(question.options.every((option, at) => stated[at]?.endsWith(option))).toBe(true);
      expect(
        question.options.filter((option, at) => option === '' || option.startsWith(`${optionLetter(at)}. `)),
      ).toEqual([]);
      expect(question.prompt).not.toMatch(/\n\(?[A-Z][.)] |Answer with/);
      if (question.kind === 'choice') expect(raw[index].answer).toBe(question.truth);
    });
  });

  test('all real records survive the way through studio NDJSON unchanged', async () => {
    const names = ['rollouts/videommmu_greedy.json', 'rollouts/reward_log_4d_llm.txt', 'questions/tomato.json'];
    for (const record of (await Promise.all(names.map(load))).flat()) {
      if (record.type === 'refusal') continue;
      const line =
        record.type === 'question' ? formatStudioQuestion(record.question) : formatStudioRollout(record.rollout);
      expect(readStudioLine(JSON.parse(line), record.at)).toEqual([record]);
    }
  });
});
