import { describe, expect, test } from 'vitest';
import { agree } from './agreement';

describe('expressions', () => {
  test.each([
    ['7.', '7', 'same'],
    ['x^2+1.', 'x^2 + 1', 'same'],
    ['x^2+1. ', 'x^2+1', 'same'],
    ['x^2+1。', 'x^2+1', 'same'],
    ['\\boxed{x+1}', '1+x', 'same'],
    ['x+1', '\\boxed{1+x}', 'same'],
    // Two numbers, a unit or a mark beside them, contradict; what is more than a number does not.
    ['8', '-7', 'different'],
    ['8', '$7', 'different'],
    ['8', '7%', 'different'],
    ['8', '7°', 'different'],
    ['8 cm', '7 cm', 'different'],
    ['8', '7 apples', 'different'],
    ['8', '1,000.5 ', 'different'],
    ['8', '12 345', 'different'],
    ['8', 'x = 7', 'unclear'],
    ['8', '7 +', 'unclear'],
    ['8', '7 m^2', 'unclear'],
    ['8', '7 apples and pears', 'unclear'],
    ['8', '7 applesandpears', 'unclear'],
    ['\\sqrt{8}', '7', 'unclear'],
    ['x_1', '7', 'unclear'],
    // 160 characters are an expression, one more is prose.
    [`xx${'+x'.repeat(79)}`, 'x^2+79x', 'same'],
    [`xx+${'+x'.repeat(79)}`, 'x^2+79x', 'unclear'],
  ])('%s against %s', (concluded, answer, agreement) => {
    expect(agree(concluded, answer, 'math')).toBe(agreement);
  });
});

describe('texts', () => {
  test.each([
    ['it is a big dog', 'dog', 'same'],
    ['dog', 'it is a big dog', 'same'],
    ['dog', 'dogma', 'unclear'],
    ['hotdog stand', 'dog', 'unclear'],
    ['the red car turns around', 'a red car turned left', 'same'],
    ['a cat and a dog play outside', 'a dog and a cat are outside', 'same'],
    ['one two three four', 'one two five six', 'unclear'],
    ['red car here', 'blue car there', 'unclear'],
    // Signs alone say nothing but themselves.
    ['!!', '!!', 'same'],
    ['?! and', '!', 'same'],
    ['word', '!!', 'unclear'],
    ['!!', 'word', 'unclear'],
    // Opposites, with the small words left out; one of them only.
    ['the answer is yes', 'no', 'different'],
    ['it is left', 'to the right', 'different'],
    ['the car goes left now', 'a car goes right now', 'different'],
    ['the car goes left', 'the bus goes right', 'unclear'],
    ['door closed', 'door opened', 'different'],
    ['Increasing', 'Decreasing', 'different'],
    ['yes yes', 'no no', 'unclear'],
    ['left turn', 'right', 'unclear'],
    ['before', 'after noon', 'unclear'],
    ['left', 'left', 'same'],
    // Counts.
    ['12', '13', 'different'],
    ['12 cats', '3 cats', 'different'],
    ['3 cats', 'three cats', 'unclear'],
    ['room a1', 'room b2', 'unclear'],
    ['room 1', 'room b', 'unclear'],
    ['1st', '22', 'unclear'],
    ['12 cats and 5 dogs', '3 cats and 4 dogs', 'unclear'],
    ['3 cats and 4 dogs', '4 cats and 3 dogs', 'unclear'],
    ['now 3 cats and 4 dogs play', '3 cats and 4 dogs', 'same'],
    ['there 3 cats and 4 dogs play', '3 cats with 4 dogs play', 'same'],
    // Twelve words are compared word by word, more are not.
    ['q w e r t y u p s d f left', 'q w e r t y u p s d f right', 'different'],
    ['q w e r t y u p s d f g left', 'q w e r t y u p s d f g right', 'same'],
  ])('%s against %s', (concluded, answer, agreement) => {
    expect(agree(concluded, answer, 'text')).toBe(agreement);
  });

  test('up to 20,000 characters are compared', () => {
    expect(agree('word', 'word '.repeat(4_000), 'text')).toBe('same');
    expect(agree('word', `${'word '.repeat(4_000)}w`, 'text')).toBe('unclear');
  });
});

const twelve = 'one two three four five six seven eight nine ten eleven twelve';

test.each([
  ['EXIT NOW', 'STOP HERE', 'different'],
  ['BUS TO ROME', 'CAR TO OSLO', 'different'],
  // A word of four letters or more in common: part of it may have been read.
  ['PLATFORM ONE TO PARIS', 'PLATFORM NINE OR LYON', 'unclear'],
  ['EXIT ONE TO PARIS', 'EXIT NINE OR LYON', 'unclear'],
  ['THE END OF IT ALL', 'A BIG END YES SIR', 'different'],
  [twelve, 'YIELD', 'different'],
  [`${twelve} thirteen`, 'YIELD', 'unclear'],
  ['YIELD', twelve, 'different'],
  ['YIELD', `${twelve} thirteen`, 'unclear'],
])('read text: %s against %s', (concluded, answer, agreement) => {
  expect(agree(concluded, answer, 'ocr')).toBe(agreement);
});
