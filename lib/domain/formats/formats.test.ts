/** Good, bad and hostile rows of every JSON and log format. */
import { describe, expect, test } from 'vitest';
import type { Format } from './import-record';
import { recordsOf, refusalsOf, rolloutsOf, utf8 } from './test-support';

const lines = (...rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
/** JSON with a bare NaN or a `__proto__` key, which an object literal cannot hold. */
const raw = (text: string): string => `${text}\n`;

const evalRow = {
  problem_id: 7,
  problem: 'Which?',
  problem_type: 'multiple choice',
  data_type: 'video',
  options: ['A. x', 'B. y'],
  solution: '<answer>B</answer>',
  path: './Evaluation/VideoMMMU/v.mp4',
  output: '<think>t</think><answer>B</answer>',
  reward: 1,
  correct: true,
};
const without = (row: Readonly<Record<string, unknown>>, name: string) =>
  Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));

type Case = readonly [name: string, format: Format, file: string, expected: object];

describe('rollouts', () => {
  test.each<Case>([
    [
      'evaluation row',
      'video-r1-eval',
      lines(evalRow),
      {
        response: evalRow.output,
        loggedReward: 1,
        loggedCorrect: true,
        rewards: { reward: 1 },
        step: 0,
        sampleKey: null,
        groupKey: null,
        question: { kind: 'choice', options: ['x', 'y'], truth: 'B', source: 'VideoMMMU', mediaPath: evalRow.path },
      },
    ],
    ['evaluation list', 'video-r1-eval', JSON.stringify([evalRow]), { loggedReward: 1 }],
    ['evaluation results', 'video-r1-eval', JSON.stringify({ results: [evalRow], final_acc: [] }), { loggedReward: 1 }],
    [
      'id in place of problem_id',
      'video-r1-eval',
      lines({ ...without(evalRow, 'problem_id'), id: 0 }),
      {
        question: { key: expect.stringMatching(/^0~/) },
      },
    ],
    [
      'NaN reward',
      'video-r1-eval',
      raw(JSON.stringify(evalRow).replace('"reward":1', '"reward":NaN')),
      { loggedReward: null, rewards: {} },
    ],
    [
      'reward and verdict missing',
      'video-r1-eval',
      lines(without(without(evalRow, 'reward'), 'correct')),
      { loggedReward: null, loggedCorrect: null },
    ],
    [
      'process is the whole response',
      'video-r1-eval',
      lines({ ...evalRow, output: 'B', process: evalRow.output }),
      { response: evalRow.output },
    ],
    [
      'process is the thinking',
      'video-r1-eval',
      lines({ ...evalRow, process: '<think>t</think>' }),
      { response: evalRow.output },
    ],
    [
      'source of a link is no data set',
      'video-r1-eval',
      lines({ ...evalRow, data_source: 'https://a.example/b' }),
      { question: { source: 'VideoMMMU' } },
    ],
    [
      'prediction',
      'veripo-predictions',
      JSON.stringify([
        {
          question: { question_id: 'vsi_bench_1', question: 'How long?', answer: '86', scene_name: 's' },
          ground_truth: '86',
          model_output: '$80$',
        },
      ]),
      {
        response: '$80$',
        question: { kind: 'regression', truth: '86', key: expect.stringMatching(/^vsi_bench_1~/) },
      },
    ],
    [
      'prediction with the question as text',
      'veripo-predictions',
      JSON.stringify([{ question: 'Who?\n(A) x\n(B) y', ground_truth: 'A', model_output: 'A' }]),
      {
        question: { prompt: 'Who?', options: ['x', 'y'], truth: 'A', kind: 'choice' },
      },
    ],
    [
      'verl: the group stands before the last two underscores',
      'verl-jsonl',
      lines({
        input: 'system\nS\nuser\n<video>Hi?\nassistant\n',
        output: 'o',
        gts: 'B',
        score: 0.5,
        step: 3,
        uid: 'a_b_7_2_0',
      }),
      {
        groupKey: 'a_b_7',
        sampleKey: 'a_b_7_2_0',
        step: 3,
        loggedReward: 0.5,
        rewards: { score: 0.5 },
        question: { prompt: 'Hi?', modality: 'video', truth: 'B' },
      },
    ],
    [
      'verl: older uid is the group',
      'verl-jsonl',
      lines({
        input: 'q',
        output: 'o',
        gts: 4,
        score: 1,
        step: 1,
        uid: 'f3-9a',
        acc: 1,
        fmt: 0.5,
        note: 'x',
        request_id: 'r',
      }),
      {
        groupKey: 'f3-9a',
        sampleKey: null,
        loggedCorrect: true,
        rewards: { score: 1, acc: 1, fmt: 0.5 },
        question: { truth: '4', kind: 'number' },
      },
    ],
    [
      'verl: truth as an object carries our key',
      'verl-jsonl',
      lines({
        input: 'q',
        output: 'o',
        gts: '{"sample_id":"k1","solution":"<answer>B</answer>","problem_type":"multiple choice"}',
        score: 1,
        step: 1,
      }),
      {
        question: { key: 'k1', truth: 'B', kind: 'choice' },
      },
    ],
    [
      'ms-swift: one row per line',
      'ms-swift-jsonl',
      lines({ gen_step: 4, prompt: 'q', completion: 'c', reward: 0.25 }),
      { step: 4, loggedReward: 0.25, rewards: { reward: 0.25 } },
    ],
    [
      'ms-swift: step of steps',
      'ms-swift-jsonl',
      lines({ step: ['3/94'], prompt: ['q'], completion: ['c'] }),
      { step: 3, loggedReward: null, rewards: {} },
    ],
    [
      'template with special tokens',
      'ms-swift-jsonl',
      lines({
        prompt:
          '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>Who?\nA. x\nB. y<|im_end|>\n<|im_start|>assistant\n',
        completion: 'c',
        solution: 'B',
      }),
      {
        question: { prompt: 'Who?', options: ['x', 'y'], modality: 'image', kind: 'choice' },
      },
    ],
    [
      '__proto__ and constructor as reward names',
      'ms-swift-jsonl',
      raw('{"prompt":"q","completion":"c","__proto__":1,"constructor":2,"ok":3}'),
      { rewards: { ok: 3 } },
    ],
    [
      'columns of other types are no hints',
      'ms-swift-jsonl',
      lines({ prompt: 'q', completion: 'c', options: 5, solution: 'x', video_path: 'v.mp4' }),
      {
        question: { truth: 'x', mediaPath: 'v.mp4', modality: 'video' },
      },
    ],
    [
      'studio row with defaults',
      'studio-ndjson',
      lines({ veripo: 1, type: 'rollout', question: { key: 'k', prompt: 'p', kind: 'text' }, response: 'r' }),
      {
        question: { key: 'k', options: [], truth: '', modality: 'text', mediaPath: null },
        finishReason: 'unknown',
        rewards: {},
      },
    ],
    [
      'studio row with NaN',
      'studio-ndjson',
      raw(
        '{"veripo":1,"type":"rollout","question":{"key":"k","prompt":"p","kind":"text"},"response":"r","loggedReward":NaN,"rewards":{"a":Infinity,"__proto__":1}}',
      ),
      {
        loggedReward: null,
        rewards: { a: null },
      },
    ],
  ])('%s', async (_name, format, file, expected) => {
    const records = await recordsOf(format, file);
    expect(refusalsOf(records)).toEqual([]);
    expect(rolloutsOf(records)).toMatchObject([expected]);
    expect(Object.getPrototypeOf(rolloutsOf(records)[0]?.rewards)).toBe(Object.prototype);
  });

  test('ms-swift: a line is a table', async () => {
    const table =
      '{"step":["2","2"],"prompt":["p","p"],"completion":["a","b"],"Acc":[1.0,NaN],"Fmt":[0.5,0.5],"advantages":[0.7,-0.7],"entropy":[1,2],"solution":["3","3"]}\n';
    const records = await recordsOf('ms-swift-jsonl', table + table);
    expect(records.map((record) => record.at)).toEqual([1, 1, 2, 2]);
    expect(rolloutsOf(records).slice(0, 2)).toMatchObject([
      { response: 'a', step: 2, rewards: { Acc: 1, Fmt: 0.5 }, loggedReward: null, advantage: 0.7 },
      { response: 'b', step: 2, rewards: { Acc: null, Fmt: 0.5 }, loggedReward: null, advantage: -0.7 },
    ]);
    expect(Object.keys(rolloutsOf(records)[0]?.rewards ?? {})).toEqual(['Acc', 'Fmt']);
    expect(new Set(rolloutsOf(records).map((rollout) => rollout.question.key)).size).toBe(1);
  });

  test('several outputs of one prediction are several samples', async () => {
    const records = await recordsOf(
      'veripo-predictions',
      JSON.stringify([{ question: 'q', ground_truth: '1', model_output: ['a', 'a', 'b'] }]),
    );
    expect(rolloutsOf(records).map((rollout) => rollout.response)).toEqual(['a', 'a', 'b']);
  });
});

describe('refusals: one row is refused with its number, the others go in', () => {
  const bad: readonly (readonly [name: string, format: Format, row: string, good: unknown, why: string])[] = [
    ['no output', 'video-r1-eval', lines(without(evalRow, 'output')), evalRow, '`output` is missing'],
    ['no problem', 'video-r1-eval', lines(without(evalRow, 'problem')), evalRow, '`problem` is missing'],
    ['no solution', 'video-r1-eval', lines(without(evalRow, 'solution')), evalRow, '`solution` is missing'],
    [
      'problem of a wrong type',
      'video-r1-eval',
      lines({ ...evalRow, problem: 5 }),
      evalRow,
      '`problem` should be of type string',
    ],
    [
      'option of a wrong type',
      'video-r1-eval',
      lines({ ...evalRow, options: ['A. x', 2] }),
      evalRow,
      '`options.1` should be of type string',
    ],
    [
      'id that was rounded',
      'video-r1-eval',
      raw(JSON.stringify(evalRow).replace('":7', '":90071992547409931')),
      evalRow,
      'too large to be read exactly',
    ],
    [
      'truth beyond the options',
      'video-r1-eval',
      lines({ ...evalRow, solution: '<answer>F</answer>' }),
      evalRow,
      'names none of the 2 options',
    ],
    ['NUL in the response', 'video-r1-eval', lines({ ...evalRow, output: 'a\0b' }), evalRow, 'NUL character'],
    [
      'half a surrogate pair',
      'video-r1-eval',
      raw(JSON.stringify(evalRow).replace('Which?', 'Wh\\ud83dich?')),
      evalRow,
      'half of a surrogate pair',
    ],
    ['a list for a row', 'video-r1-eval', '[1]\n', evalRow, 'The row should be of type object'],
    ['null for a row', 'video-r1-eval', 'null\n', evalRow, 'The row should be of type object'],
    ['not JSON', 'video-r1-eval', '{"problem": <img onerror=x>}\n', evalRow, 'Not valid JSON'],
    ['deep nesting', 'video-r1-eval', `${'['.repeat(200_000)}\n`, evalRow, 'Not valid JSON'],
    [
      'step that is none',
      'ms-swift-jsonl',
      lines({ prompt: 'q', completion: 'c', step: 'soon' }),
      { prompt: 'q', completion: 'c' },
      '`step` is not a step',
    ],
    [
      'negative step',
      'verl-jsonl',
      lines({ input: 'q', output: 'o', step: -1 }),
      { input: 'q', output: 'o' },
      '`step` is not a step',
    ],
    [
      'columns of different length',
      'ms-swift-jsonl',
      lines({ prompt: ['q'], completion: ['c', 'd'] }),
      { prompt: 'q', completion: 'c' },
      '2 completions, but `prompt` has 1',
    ],
    [
      'completion that is no text',
      'ms-swift-jsonl',
      lines({ prompt: ['q'], completion: [3] }),
      { prompt: 'q', completion: 'c' },
      'Row 1 of the line: `completion` should be',
    ],
    [
      'studio: another version',
      'studio-ndjson',
      lines({ veripo: 2, type: 'rollout' }),
      { veripo: 1, type: 'question', key: 'k', prompt: 'p', kind: 'text' },
      '`veripo`',
    ],
    [
      'studio: a typo',
      'studio-ndjson',
      lines({ veripo: 1, type: 'question', key: 'k', prompt: 'p', kind: 'text', thruth: '1' }),
      { veripo: 1, type: 'question', key: 'k', prompt: 'p', kind: 'text' },
      'Unknown field: thruth',
    ],
    [
      'studio: a truth without option',
      'studio-ndjson',
      lines({ veripo: 1, type: 'question', key: 'k', prompt: 'p', kind: 'choice', options: ['x'], truth: 'B' }),
      { veripo: 1, type: 'question', key: 'k', prompt: 'p', kind: 'text' },
      'names none of the 1 options',
    ],
    [
      'studio: a key too long to index',
      'studio-ndjson',
      lines({ veripo: 1, type: 'question', key: 'k'.repeat(301), prompt: 'p', kind: 'text' }),
      { veripo: 1, type: 'question', key: 'k', prompt: 'p', kind: 'text' },
      'longer than 300',
    ],
    [
      'question without answer',
      'veripo-questions',
      lines({ question: 'q' }),
      { question: 'q', answer: '1' },
      'the question has no answer',
    ],
    [
      'prediction without output',
      'veripo-predictions',
      lines({ question: 'q', ground_truth: '1' }),
      { question: 'q', ground_truth: '1', model_output: 'x' },
      '`model_output`',
    ],
  ];
  test.each(bad)('%s', async (_name, format, row, good, why) => {
    const fine = lines(good);
    // The bad row stands second: first it would look like another layout.
    const records = await recordsOf(format, fine + row + fine, 1000);
    expect(refusalsOf(records)).toEqual([expect.stringMatching(/^2: /)]);
    expect(refusalsOf(records)[0]).toContain(why);
    expect(records.filter((record) => record.type !== 'refusal').map((record) => record.at)).toEqual([1, 3]);
  });

  test('bytes that are no text: that line only', async () => {
    const row = utf8(lines(evalRow));
    const spoilt = Uint8Array.from(row, (byte, index) => (index === 30 ? 0xff : byte));
    const records = await recordsOf('video-r1-eval', Uint8Array.from([...row, ...spoilt, ...row]));
    expect(refusalsOf(records)).toEqual([expect.stringContaining('2: The bytes are not valid text')]);
    expect(rolloutsOf(records)).toHaveLength(2);
  });

  test.each([
    ['lines', lines(evalRow) + JSON.stringify(evalRow).slice(0, -9), '2: The last line is not complete JSON'],
    ['a list', `${JSON.stringify([evalRow, evalRow]).slice(0, -9)}`, '2: The file ends in the middle of record 2'],
    ['results', `${JSON.stringify({ results: [evalRow], a: [] }).slice(0, -9)}`, '2: The file ends after record 1'],
  ])('half-written %s: what is complete goes in', async (_name, file, why) => {
    const records = await recordsOf('video-r1-eval', file);
    expect(rolloutsOf(records)).toHaveLength(1);
    expect(refusalsOf(records)).toEqual([expect.stringContaining(why)]);
  });

  test('a complete last line needs no newline', async () => {
    expect(rolloutsOf(await recordsOf('video-r1-eval', lines(evalRow).trim()))).toHaveLength(1);
  });
});

describe('reward log', () => {
  const header = (stamp: string, reward: string) => `------------- ${stamp} Accuracy reward: ${reward} -------------\n`;
  const block = (stamp: string, reward: string, content: string, truth: string) =>
    `${header(stamp, reward)}Content: ${content}\nSolution: <answer>${truth}</answer>\n`;

  test('groups by the whole stamp; kinds from the solution; accuracy as logged', async () => {
    const file =
      block('17-14-54-02-959598', '1.0', 'a\n\nb', 'B') +
      block('17-14-54-02-959598', '0.0', 'a', 'B') +
      block('17-14-54-02-959599', '0.19', 'c', 'a long\ntext') +
      block('17-14-54-02-959599', 'nan', 'c', 'a long\ntext');
    const records = await recordsOf('video-r1-log', file);
    expect(records.map((record) => record.at)).toEqual([1, 6, 9, 13]);
    expect(rolloutsOf(records)).toMatchObject([
      {
        response: 'a\n\nb',
        groupKey: '17-14-54-02-959598',
        loggedReward: 1,
        loggedCorrect: true,
        question: { kind: 'choice', truth: 'B', prompt: '' },
      },
      { response: 'a', groupKey: '17-14-54-02-959598', loggedReward: 0, loggedCorrect: false },
      {
        groupKey: '17-14-54-02-959599',
        loggedReward: 0.19,
        loggedCorrect: null,
        question: { kind: 'text', truth: 'a long\ntext' },
      },
      { loggedReward: null, rewards: { accuracy: null } },
    ]);
    expect(new Set(rolloutsOf(records).map((rollout) => rollout.question.key)).size).toBe(2);
  });

  test('a model that writes like the log stays inside its block', async () => {
    const hostile = `x\n${header('01-01-01-01-000001', '1.0')}Content: y\nSolution: mine`;
    const [first, second] = rolloutsOf(
      await recordsOf(
        'video-r1-log',
        block('17-14-54-02-959598', '0.0', `x\nSolution: mine`, '3') +
          block('17-14-54-02-959599', '0.0', `${header('01-01-01-01-000001', '1.0')}z`, '3'),
      ),
    );
    expect(first).toMatchObject({ response: 'x\nSolution: mine', question: { truth: '3' } });
    expect(second?.response).toContain('01-01-01-01-000001');
    // With a solution line of its own before the header nothing can tell them apart: both are read, none is lost.
    expect(await recordsOf('video-r1-log', block('17-14-54-02-959598', '0.0', hostile, '3'))).toHaveLength(1);
  });

  test.each([
    ['cut inside the content', `${header('17-14-54-02-959598', '0.0')}Content: abc`, '6: The block is cut off'],
    [
      'cut inside the solution',
      `${header('17-14-54-02-959598', '0.0')}Content: abc\nSolution: <answer>30`,
      '6: The block is cut off',
    ],
    [
      'no content',
      `${header('17-14-54-02-959598', '0.0')}Solution: <answer>3</answer>\n`,
      '6: The block has no `Content:`',
    ],
  ])('%s: the complete blocks go in', async (_name, tail, why) => {
    const records = await recordsOf('video-r1-log', `${block('17-14-54-02-959598', '0.0', 'a\n\nb', '3')}${tail}`);
    expect(rolloutsOf(records)).toHaveLength(1);
    expect(refusalsOf(records)).toEqual([expect.stringContaining(why)]);
  });
});

describe('questions', () => {
  test.each<Case>([
    [
      'training row',
      'video-r1-questions',
      lines(without(evalRow, 'output')),
      { kind: 'choice', options: ['x', 'y'], truth: 'B', modality: 'video' },
    ],
    [
      'regression',
      'video-r1-questions',
      lines({ ...evalRow, problem_type: 'regression', options: [], solution: '<answer>3.5</answer>' }),
      { kind: 'regression', truth: '3.5' },
    ],
    [
      'OCR of an image',
      'video-r1-questions',
      lines({ ...evalRow, data_type: 'image', problem_type: 'OCR', options: null, solution: 'STOP' }),
      { kind: 'ocr', modality: 'image' },
    ],
    [
      'manifest: options field',
      'veripo-questions',
      lines({ question: 'Q', options: ['A. x', 'B. y'], answer: 'B', video_path: 'VSI-Bench/a/b.mp4' }),
      { kind: 'choice', options: ['x', 'y'], source: 'VSI-Bench' },
    ],
    [
      'manifest: options in the processed question',
      'veripo-questions',
      lines({ question: 'Q', processed_question: 'Q\nA. A. x\nB. B. y\nAnswer with it.', answer: 'B' }),
      { options: ['x', 'y'], prompt: 'Q' },
    ],
    [
      'manifest: number of VSI-Bench',
      'veripo-questions',
      lines({ question: 'How many?', answer: '2', video_path: 'VSI-Bench/a.mp4' }),
      { kind: 'regression' },
    ],
    [
      'manifest: number elsewhere',
      'veripo-questions',
      lines({ question: 'How many?', answer: 2, video_path: 'MMVU/a.mp4' }),
      { kind: 'number', truth: '2' },
    ],
    ['manifest: open words', 'veripo-questions', lines({ question: 'What?', answer: 'osmosis' }), { kind: 'text' }],
  ])('%s', async (_name, format, file, expected) => {
    expect(await recordsOf(format, file)).toMatchObject([{ type: 'question', at: 1, question: expected }]);
  });
});
