/**
 * The chains of the first look, one writer per outcome that the verifier tells apart. They are templates, not a
 * model's output, and the run's name says so.
 */
export const outcomes = [
  'good',
  'goodLong',
  'wrong',
  'wrongThinking',
  'repetitive',
  'malformed',
  'cutOff',
  'reflected',
] as const;
export type Outcome = (typeof outcomes)[number];

export type Task = {
  /** What is asked for, as a phrase: `direction of motion`. */
  asked: string;
  /** What the clip shows early and late, as seen at two times. */
  early: string;
  late: string;
  /** The conclusion in words, and the answer that it implies. */
  right: { words: string; answer: string };
  wrong: { words: string; answer: string };
};

const wrap = (think: string, answer: string): string => `<think>${think}</think>\n<answer>${answer}</answer>`;

const look = ({ early, late }: Task): string =>
  `Let me look at the clip step by step. At 0:00 ${early}. By 0:07 ${late}.`;

const writers: Record<Outcome, (task: Task) => string> = {
  good: (task) =>
    wrap(
      `${look(task)} So the ${task.asked} is ${task.right.words}. Therefore, the answer is ${task.right.answer}.`,
      task.right.answer,
    ),
  goodLong: (task) =>
    wrap(
      `${look(task)} Between the two, at about 3.5 seconds, it is half way, so nothing turned round in the meantime. ` +
        `Hmm, could it be ${task.wrong.words}? That would need the opposite of what frames 1 and 8 show, so no. ` +
        `Checking once more from the last frame backwards gives the same. So the ${task.asked} is ${task.right.words}. ` +
        `Therefore, the answer is ${task.right.answer}.`,
      task.right.answer,
    ),
  wrong: (task) =>
    wrap(
      `The background is plain grey and there is one object. Judging by the first frame alone, the ${task.asked} looks like ${task.wrong.words}. Therefore, the answer is ${task.wrong.answer}.`,
      task.wrong.answer,
    ),
  wrongThinking: (task) =>
    wrap(
      `The object is near the middle most of the time. At 0:12 it seems to settle. So the ${task.asked} must be ${task.wrong.words}. Therefore, the answer is ${task.wrong.answer}.`,
      task.right.answer,
    ),
  repetitive: (task) =>
    wrap(
      `${look(task)} ${'I need to look at the object again to be sure of what it does. '.repeat(14)}Therefore, the answer is ${task.right.answer}.`,
      task.right.answer,
    ),
  malformed: (task) => `${look(task)} So the ${task.asked} is ${task.right.words}. The answer is ${task.right.answer}.`,
  cutOff: (task) =>
    `<think>${look(task)} To be certain I compare each frame with the one before it: in frame 1 it starts, in frame 2 it has`,
  reflected: (task) =>
    wrap(
      `At first it looks like ${task.wrong.words}. Wait, let me check the later frames: at 0:07 ${task.late}. ` +
        `That contradicts my first impression, so the ${task.asked} is ${task.right.words}. Therefore, the answer is ${task.right.answer}.`,
      task.right.answer,
    ),
};

export const writeChain = (outcome: Outcome, task: Task): string => writers[outcome](task);
