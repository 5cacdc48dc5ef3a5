import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { run } from './score';

const predictions = [
  { question: { question: 'Q1', options: ['A. cat', 'B. dog'] }, ground_truth: 'B', model_output: answer('B') },
  { question: { question: 'Q2', options: ['A. cat', 'B. dog'] }, ground_truth: 'B', model_output: answer('B. dog') },
  { question: 'Q3', ground_truth: 'A', model_output: answer('(A)') },
  { question: 'Q4', ground_truth: '10', model_output: answer('9.1') },
];

function answer(text: string): string {
  return `<think>So the answer is ${text}.</think><answer>${text}</answer>`;
}

let folder = '';
const fileOf = async (name: string, content: unknown): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-score-'));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the command and collects what it prints. */
const score = async (...args: readonly string[]): Promise<Ran> => {
  const printed = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.err += String(text);
    return true;
  });
  const code = await run(args);
  vi.restoreAllMocks();
  return { code, ...printed };
};

const rowSchema = z.looseObject({ at: z.number(), score: z.number().nullable() });
const totalSchema = z.looseObject({
  scorer: z.string(),
  rows: z.number(),
  scored: z.number(),
  correct: z.number(),
  mean: z.number().nullable(),
  files: z.array(z.looseObject({ file: z.string(), rows: z.number(), prints: z.string().optional() })),
});

const linesOf = (out: string) => {
  const lines: unknown[] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { rows: lines.slice(0, -1).map((line) => rowSchema.parse(line)), total: totalSchema.parse(lines.at(-1)) };
};

describe('rows and totals', () => {
  test.each([
    ['strict', [], [1, 1, 1, 0], 0.75],
    ['veripo-2025', [], [1, 0, 1, 0], 0.5],
    ['veripo-2025', ['--vsi-bench'], [1, 0, 1, 0.9], 0.725],
    ['video-r1', [], [1, 0, 0, 0], 0.25],
    ['video-r1', ['--kind', 'regression'], [0, 0, 0, 0.91], 0.2275],
  ])('%s %j', async (scorer, options, scores, mean) => {
    const file = await fileOf('rows.json', predictions);
    const { code, out } = await score(file, '--json', '--scorer', scorer, ...options);
    const { rows, total } = linesOf(out);
    expect(code).toBe(0);
    expect(rows.map((row) => row.score)).toEqual(scores.map((value) => expect.closeTo(value, 12)));
    expect(total).toMatchObject({ scorer, rows: 4, scored: 4, mean: expect.closeTo(mean, 12) });
  });

  test('strict says of each row what the checks found', async () => {
    const { out } = await score(await fileOf('rows.json', predictions), '--json');
    expect(linesOf(out).rows[1]).toMatchObject({
      file: 'rows.json',
      at: 2,
      checks: { accuracy: { pass: true, answer: 'B. dog' }, consistency: { result: 'consistent' } },
    });
  });

  test('the published line, also where the path decides, and a remark on what is not reproduced', async () => {
    const [plain, vsi] = [await fileOf('rows.json', predictions), await fileOf('vsi_bench_7b.json', predictions)];
    const { out, err } = await score(plain, vsi, '--scorer', 'veripo-2025');
    expect(out).toContain('rows.json, veripo-2025');
    expect(out).toContain('Accuracy: 50.00%');
    expect(out).toContain('Accuracy: 72.50%');
    expect(out).toContain('2 files, veripo-2025');
    expect(err).toBe(
      'rows.json: 1 row was compared by our own rules for expressions, where the published script uses math-verify: ' +
        'this total is not reproduced to the digit.\n',
    );
  });

  test('a table for people', async () => {
    const { out } = await score(await fileOf('rows.json', predictions));
    expect(out).toBe(
      [
        'rows.json, strict',
        '          rows  scored  correct    mean',
        '  choice     3       3        3  1.0000',
        '  number     1       1        0  0.0000',
        '  all        4       4        3  0.7500',
        '',
        '',
      ].join('\n'),
    );
  });

  test('refused rows are told and not counted, but a published scorer takes a truth that the studio refuses', async () => {
    const odd = {
      question: { question: 'Q', options: ['A. x', 'B. y'] },
      ground_truth: 'Z',
      model_output: answer('Z'),
    };
    const file = await fileOf('odd.json', [...predictions.slice(0, 1), odd, { question: 'Q', ground_truth: 'A' }]);
    const strict = await score(file, '--json');
    expect(linesOf(strict.out).total.rows).toBe(1);
    expect(strict.err).toBe(
      'odd.json:2: The truth "Z" names none of the 2 options (A to B).\nodd.json:3: `model_output`: Invalid input.\n',
    );
    const published = await score(file, '--json', '--scorer', 'veripo-2025');
    expect(linesOf(published.out).rows.map((row) => row.score)).toEqual([1, 1]);
  });

  test('standard input is read like a file', async () => {
    const stream = Readable.from(Buffer.from(JSON.stringify(predictions)));
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Object.assign(stream, process.stdin));
    const { code, out } = await score('-', '--json');
    expect(code).toBe(0);
    expect(linesOf(out).total).toMatchObject({ rows: 4, files: [{ file: 'standard input' }] });
  });

  test('a file without rows is said, and the exit code is 1', async () => {
    const rows = [{ veripo: 1, type: 'question', key: 'k', prompt: 'Q', kind: 'number', truth: '3' }];
    const { code, err } = await score(await fileOf('questions.ndjson', rows[0]), '--json');
    expect({ code, err }).toEqual({ code: 1, err: 'questions.ndjson: no row in it could be scored\n' });
  });
});

describe('wrong use is one sentence', () => {
  test.each([
    [['x', '--scorer', 'best'], 'There is no scorer best: use strict, veripo-2025, video-r1.'],
    [[], 'Name at least one file. See --help.'],
    [['/nowhere.json'], 'Cannot open nowhere.json: there is no such file'],
    [['x', '--kind', 'colour'], /^--kind: /],
    [['x', '--kind', 'choice', '--scorer', 'veripo-2025'], '--kind means nothing to veripo-2025, which has no kinds.'],
    [['x', '--vsi-bench'], '--vsi-bench is for --scorer veripo-2025 only.'],
    [['x', '--faults', 'all'], '--faults is for --scorer video-r1 only.'],
    [['x', '--scorer', 'video-r1', '--faults', 'bug'], /^There is no fault bug: use first-type, /],
    [['x', '--scorer', 'video-r1', '--faults', 'first-type'], /needs --batch, the number of rows/],
    [['x', '--scorer', 'video-r1', '--batch', '8'], /^--batch is for --faults first-type/],
    [['x', '--sorted'], /^Unknown option '--sorted'/],
  ])('%j', async (args, message) => {
    await expect(run(args)).rejects.toThrow(message);
  });
});

const real = path.resolve('../shared/data/rollouts');
const here = existsSync(real);

describe.skipIf(!here)(`real files${here ? '' : ' (skipped: ../shared/data is absent)'}`, () => {
  // The printed lines are those of the published script over the same rows in its own shape.
  test.each([
    ['videommmu_greedy.json', 376, 'Accuracy: 42.02%'],
    ['videommmu_t01_p001_greedy.json', 376, 'Accuracy: 42.29%'],
    ['videommmu_t01_p01_greedy.json', 376, 'Accuracy: 41.49%'],
    ['videommmu_t02_p05_greedy.json', 376, 'Accuracy: 42.55%'],
  ])('%s: letters as the published script scores them', async (name, letters, prints) => {
    const { out } = await score(path.join(real, name), '--json', '--scorer', 'veripo-2025');
    const { rows } = linesOf(out);
    const scored = rows.filter((row) => row.rule === 'letters');
    const sum = scored.reduce((total, row) => total + (row.score ?? 0), 0);
    expect(scored).toHaveLength(letters);
    expect(`Accuracy: ${((sum / letters) * 100).toFixed(2)}%`).toBe(prints);
  });
});
