import { expect, test } from 'vitest';
import { committedAnswer } from './committed';
import { compareMath } from './math';
import { compareNumber } from './number';

test.each([
  ['alone', '\\frac{1}{2}', '\\frac{1}{2}'],
  ['the last box', 'First \\boxed{1}. But that is wrong, so in the end we have \\boxed{2}', '2'],
  ['boxes that belong together', '\\boxed{1} and \\boxed{2}', '1, 2'],
  ['boxes with a comma', '$\\boxed{x=1}$, $\\boxed{y=2}$', 'x=1, y=2'],
  ['the same box twice', '\\boxed{1}, \\boxed{1}', '1'],
  ['a box that never closes', 'so \\boxed{1', '\\boxed{1'],
  ['answer is', 'It was 3, but the answer is 4', '4'],
  ['Chinese', '所以答案是5', '5'],
  ['correction', 'I think 4. Wait, no, 5', '5'],
  ['a cue with nothing behind it', 'x = 4 is the answer:', 'x = 4 is the answer:'],
  ['formula in prose', 'we add both sides and obtain $x+1$ for every value', 'x+1'],
])('%s', (_name, text, committed) => {
  expect(committedAnswer(text)).toBe(committed);
});

test.each([
  ['number after a correction', 'I get 4... wait, no, 5', '5', 1],
  ['number before a correction', 'I get 4... wait, no, 5', '4', 0],
  ['two numbers, no sign which', '4 or 5', '5', 0],
])('number: %s', (_name, answer, truth, score) => {
  expect(compareNumber(answer, truth).score).toBe(score);
});

test('a long text counts by its end', () => {
  expect(compareMath(`${'x = 1 but '.repeat(2_000)} \\boxed{\\frac{3}{6}}`, '\\frac12').score).toBe(1);
});
