import { expect, test } from 'vitest';
import { sourceOf } from '@/lib/domain/formats/read';
import { all, utf8 } from '@/lib/domain/formats/test-support';
import { readPredictions } from './read-predictions';

const read = (format: Parameters<typeof readPredictions>[0], rows: readonly unknown[]) =>
  all(readPredictions(format, sourceOf(utf8(JSON.stringify(rows)))));

test('published rows keep the truth as written, also where the studio refuses it', async () => {
  const rows = [
    { question: { question: 'Q', options: ['A. x', 'B. y'] }, ground_truth: 'Z', model_output: 'o' },
    { question: 'Q', ground_truth: ['24/7', '3.43'], model_output: 'o' },
    { question: 'Q', ground_truth: 5, model_output: ['a', 'b'] },
    { question: 'Q', ground_truth: 'A', model_output: 7 },
  ];
  expect(await read('veripo-predictions', rows)).toMatchObject([
    { type: 'prediction', at: 1, truth: 'Z', rollout: { refused: expect.stringContaining('names none') } },
    { type: 'prediction', at: 2, truth: "['24/7', '3.43']", rollout: { refused: expect.any(String) } },
    { type: 'prediction', at: 3, truth: '5', response: 'a', rollout: { question: { kind: 'number' } } },
    { type: 'prediction', at: 3, truth: '5', response: 'b' },
    { type: 'refusal', at: 4 },
  ]);
});

test('Video-R1 rows keep their problem type, and their solution without its tags', async () => {
  const row = { problem: 'Q', problem_type: 'OCR', solution: '<answer> EXIT </answer>', output: '<answer>x</answer>' };
  expect(await read('video-r1-eval', [row])).toMatchObject([
    { truth: 'EXIT', problemType: 'OCR', response: '<answer>x</answer>', rollout: { question: { kind: 'ocr' } } },
  ]);
});

test('other formats give what the studio imports, and no questions', async () => {
  const question = { key: 'k', prompt: 'Q', kind: 'number', truth: '3' };
  const rows = [
    { veripo: 1, type: 'question', ...question },
    { veripo: 1, type: 'rollout', question, response: 'r' },
  ];
  const text = rows.map((row) => JSON.stringify(row)).join('\n');
  const predictions = await all(readPredictions('studio-ndjson', sourceOf(utf8(`${text}\n`))));
  expect(predictions).toMatchObject([{ at: 2, truth: '3', problemType: null, response: 'r' }]);
});
