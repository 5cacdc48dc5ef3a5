/** Two questions per clip: which way it moves (choice), and how far (regression, scored by mean relative accuracy). */
import type { Task } from './chains';
import { type Clip, centreAt, type Direction, directions, FRAMES, SIZE } from './clips';

export type ExampleQuestion = {
  key: string;
  prompt: string;
  kind: 'choice' | 'regression';
  options: string[];
  truth: string;
  task: Task;
};

const letters = 'ABCD';
const opposite: Record<Direction, Direction> = { right: 'left', left: 'right', up: 'down', down: 'up' };
const names = Object.keys(directions) as Direction[];

const placeAt = (clip: Clip, frame: number): string => {
  const [x, y] = centreAt(clip, frame);
  const column = x < SIZE / 3 ? 'left' : x > (2 * SIZE) / 3 ? 'right' : 'middle';
  const row = y < SIZE / 3 ? 'upper' : y > (2 * SIZE) / 3 ? 'lower' : 'central';
  return `the ${clip.colour} ${clip.shape} is in the ${row} ${column} of the picture`;
};

const directionQuestion = (clip: Clip, index: number): ExampleQuestion => {
  // Rotated by clip, so that no letter is always right.
  const options = names.map((_, at) => names[(at + index) % names.length] ?? 'right');
  const answerOf = (direction: Direction) => letters[options.indexOf(direction)] ?? 'A';
  return {
    key: `${clip.name}-direction`,
    prompt: `In which direction does the ${clip.shape} move?`,
    kind: 'choice',
    options,
    truth: answerOf(clip.direction),
    task: {
      asked: 'direction of motion',
      early: placeAt(clip, 0),
      late: placeAt(clip, FRAMES - 1),
      right: { words: clip.direction, answer: answerOf(clip.direction) },
      wrong: { words: opposite[clip.direction], answer: answerOf(opposite[clip.direction]) },
    },
  };
};

const distanceQuestion = (clip: Clip): ExampleQuestion => {
  const truth = (FRAMES - 1) * clip.pixelsPerFrame;
  const guess = truth - 40;
  return {
    key: `${clip.name}-distance`,
    prompt: `How many pixels does the ${clip.shape} travel between the first and the last frame?`,
    kind: 'regression',
    options: [],
    truth: String(truth),
    task: {
      asked: 'distance',
      early: placeAt(clip, 0),
      late: placeAt(clip, FRAMES - 1),
      right: { words: `${truth} pixels`, answer: String(truth) },
      wrong: { words: `${guess} pixels`, answer: String(guess) },
    },
  };
};

export const questionsOf = (clip: Clip, index: number): ExampleQuestion[] => [
  directionQuestion(clip, index),
  distanceQuestion(clip),
];
