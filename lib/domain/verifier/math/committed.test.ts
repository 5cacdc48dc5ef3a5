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

test.each([
  ['\\boxed{1}', '1'],
  ['\\boxed{1}, \\boxed{2}', '1, 2'],
  ['\\boxed{1} or \\boxed{2}', '1, 2'],
  ['\\boxed{1}; \\boxed{2}', '1, 2'],
  ['$\\boxed{1}$ \\quad $\\boxed{2}$', '1, 2'],
  ['\\boxed{1} \\text{ and } \\boxed{2}', '1, 2'],
  ['\\boxed{1} 和 \\boxed{2}', '1, 2'],
  ['\\boxed{1} but \\boxed{2}', '2'],
  ['\\boxed{1}\\boxed{2}\\boxed{1}', '1, 2, 1'],
  ['\\boxed{1} no \\boxed{2}, \\boxed{3}', '2, 3'],
  ['\\boxed{1}, \\boxed{1}', '1'],
  ['\\boxed{1}, \\boxed{2', '\\boxed{1}, \\boxed{2'],
  ['\\boxed{1}                                        \\boxed{2}', '1, 2'],
  ['\\boxed{1}                                         \\boxed{2}', '2'],
  ['the answer is 4', '4'],
  ['the result = 4', '4'],
  ['solution: 4', '4'],
  ['value equals 4', '4'],
  ['value should be 4', '4'],
  ['the answer would be: 4', ' 4'],
  ['答案为：5', '5'],
  ['答案是: 5', ' 5'],
  ['答案:5', '5'],
  ['答案：5', '5'],
  ['so 5', '5'],
  ['Thus, 5', '5'],
  ['therefore 5', '5'],
  ['4, wait, no, it is 5', '5'],
  ['4. Actually, 5', '5'],
  ['i mean 5', '5'],
  ['rather, 5', '5'],
  ['scratch that: 5', '5'],
  ['4 不对，5', '5'],
  ['answer is 4, so ...', '4, so ...'],
  ['the answer is !!', 'the answer is !!'],
  ['we add both sides and get $x+1$ or \\(y\\) then \\[z\\]', 'z'],
  ['we add both sides and get \\[z\\] from \\(y\\) here', 'y'],
  ['we add both sides and get $$x+1$$ here', 'x+1'],
  ['two words $x$', 'two words $x$'],
  ['three plain words $x$', 'x'],
  ['three plain words', 'three plain words'],
  ['three \\alpha words $x$', 'three \\alpha words $x$'],
  ['a b c d $x$', 'a b c d $x$'],
])('%s', (text, committed) => {
  expect(committedAnswer(text)).toBe(committed);
});

test('4,000 characters are read, and 200 behind a cue', () => {
  expect(committedAnswer(`\\boxed{1} ${'x'.repeat(3_990)}`)).toBe('1');
  expect(committedAnswer(`\\boxed{1} ${'x'.repeat(3_991)}`)).toHaveLength(4_000);
  expect(committedAnswer(`so ${'!'.repeat(199)}5`)).toBe(`${'!'.repeat(199)}5`);
  expect(committedAnswer(`so ${'!'.repeat(200)}5`)).toBe(`so ${'!'.repeat(200)}5`);
});

test.each([['答案为：5'], ['答案是: 5'], ['答案：5']])('%s is 5', (answer) => {
  expect(compareMath(answer, '5').score).toBe(1);
});

test('a long text counts by its end', () => {
  expect(compareMath(`${'x = 1 but '.repeat(2_000)} \\boxed{\\frac{3}{6}}`, '\\frac12').score).toBe(1);
});
