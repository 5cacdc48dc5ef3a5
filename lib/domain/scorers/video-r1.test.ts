import { describe, expect, test } from 'vitest';
import { prediction, scoreOne, settings } from './test-support';
import { videoR1 } from './video-r1';
import { type VideoR1Fault, videoR1Faults } from './video-r1-faults';

const score = (type: string, answer: string, truth: string, faults: readonly VideoR1Fault[] = []): number | null => {
  const row = prediction(`<answer>${truth}</answer>`, `<think>hm</think><answer>${answer}</answer>`, type);
  return scoreOne(videoR1, row, { faults: new Set(faults) }).score;
};

describe('accuracy by problem type', () => {
  test.each([
    ['multiple choice', 'same letter', ' B ', 'B', 1],
    ['multiple choice', 'not the same text', 'B.', 'B', 0],
    ['multiple choice', 'case', 'b', 'B', 0],
    ['numerical', 'same', '42', '42', 1],
    ['numerical', 'two decimals', '3.141', '3.1428', 1],
    ['numerical', 'thousands', '1,000', '1000', 1],
    ['numerical', 'rounded as Python rounds', '0.125', '0.12', 1],
    ['numerical', 'unit', '42 m', '42', 0],
    ['numerical', 'whole against decimal', '4.0', '4', 1],
    ['numerical', 'nan', 'nan', 'nan', 0],
    ['OCR', 'one word of three', 'EXIT 12 SOUTH', 'EXIT 12 NORTH', 2 / 3],
    ['OCR', 'more wrong than right', 'a b c d', 'x', 0],
    ['free-form', 'stems', 'running dogs', 'run dog', 1],
    ['free-form', 'nothing shared', 'cat', 'dog', 0],
    ['regression', 'ten percent off', '11', '10', 0.9],
    ['regression', 'more than the truth off', '30', '10', 0],
    ['regression', 'zero met', '0', '0', 1],
    ['regression', 'zero missed', '1', '0', 0],
    ['regression', 'nan', 'nan', '10', 0],
    ['regression', 'words', 'ten', '10', 0],
  ])('%s: %s', (type, _name, answer, truth, wanted) => {
    expect(score(type, answer, truth)).toBeCloseTo(wanted, 12);
  });

  test('a type without a formula has no score', () => {
    expect(score('segmentation', 'x', 'x')).toBeNull();
  });
});

describe('faults are copied when asked for', () => {
  test.each<[VideoR1Fault, string, string, string, number]>([
    ['separators', 'numerical', '4.0', '4', 0],
    ['epsilon', 'regression', '0', '0', 0],
    ['nan', 'regression', 'nan', '10', 1],
    ['unknown-type', 'segmentation', 'x', 'x', 0],
  ])('%s', (fault, type, answer, truth, wanted) => {
    expect(score(type, answer, truth, [fault])).toBe(wanted);
  });

  test('first-type: the first row of a batch decides the formula of all', () => {
    const rows = [
      prediction('B', '<answer>B</answer>', 'multiple choice'),
      prediction('10', '<answer>11</answer>', 'regression'),
      prediction('10', '<answer>11</answer>', 'regression'),
    ];
    const scoresWith = (faults: readonly VideoR1Fault[]) => {
      const open = videoR1.open({ ...settings, faults: new Set(faults), batch: 2 });
      return rows.map((row) => {
        const scored = open(row);
        return 'score' in scored ? scored.score : scored.refused;
      });
    };
    expect(scoresWith([])).toEqual([1, 0.9, 0.9]);
    expect(scoresWith(['first-type'])).toEqual([1, 0, 0.9]);
  });

  test('an exact answer to a regression misses 1 by the epsilon', () => {
    expect(score('regression', '10', '10')).toBe(1);
    expect(score('regression', '10', '10', videoR1Faults)).toBe(1 - 1e-9 / (10 + 1e-9));
  });
});

describe('format', () => {
  test.each([
    ['as asked', '<think>a</think>\n<answer>B</answer>', 1],
    ['nothing inside', '<think></think><answer></answer>', 1],
    ['a second block inside', '<think>a</think><think>b</think><answer>B</answer><answer>C</answer>', 1],
    ['text before', 'x<think>a</think><answer>B</answer>', 0],
    ['text behind', '<think>a</think><answer>B</answer>\n', 0],
    ['text between', '<think>a</think>so<answer>B</answer>', 0],
    ['a joint further on', '<think>a</think>so</think> <answer>B</answer>', 1],
    ['not closed', '<think>a</think><answer>B', 0],
    ['closed too early', '<think></answer>', 0],
  ])('%s', (_name, response, format) => {
    expect(scoreOne(videoR1, prediction('B', response, 'multiple choice')).details).toMatchObject({ format });
  });

  test('a megabyte of joints is read once', () => {
    const started = performance.now();
    scoreOne(videoR1, prediction('B', `<think>${'</think> '.repeat(200_000)}</answer>`, 'multiple choice'));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

test('--kind stands for the type of every row', () => {
  const row = prediction('10', '<answer>11</answer>', 'multiple choice');
  expect(scoreOne(videoR1, row, { kind: 'regression' })).toMatchObject({ score: 0.9, group: 'regression' });
});
