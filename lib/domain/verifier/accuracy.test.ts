import { describe, expect, test } from 'vitest';
import { type Kind, kinds } from '@/lib/domain/question';
import { compareAnswer } from './accuracy';

const scoreOf = (kind: Kind, answer: string, truth: string) =>
  compareAnswer({ kind, prompt: 'Which?', options: kind === 'choice' ? ['left', 'right'] : [], truth }, answer);

describe('each kind compares in its own way', () => {
  test.each([
    ['choice', 'right', 'B', 1],
    ['choice', 'left', 'B', 0],
    ['number', '1,200', '1200', 1],
    ['number', '1300', '1200', 0],
    ['math', '\\frac{1}{2}', '0.5', 1],
    ['math', 'x+1', '1+x', 1],
    ['math', 'x+2', '1+x', 0],
    ['regression', '11', '10', 9 / 11],
    ['ocr', 'EXIT', 'exit', 0],
    ['ocr', 'EXIT 12', 'EXIT 13', 0.5],
    ['text', 'running dogs', 'run dog', 1],
  ] as const)('%s: %s against %s', (kind, answer, truth, score) => {
    expect(scoreOf(kind, answer, truth).score).toBeCloseTo(score, 12);
  });
});

test.each(kinds)('%s: no answer scores nothing, and says so', (kind) => {
  expect(scoreOf(kind, ' \n', kind === 'choice' ? 'B' : '1')).toEqual({ score: 0, reason: 'No answer' });
});
