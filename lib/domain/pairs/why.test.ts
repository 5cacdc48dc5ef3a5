import { describe, expect, test } from 'vitest';
import type { PairType } from '@/lib/domain/pair';
import type { Standing } from '@/lib/domain/verdict';
import type { PairCandidate } from './candidate';
import { whyOf } from './why';

const goodStanding: Standing = {
  wellFormed: true,
  correct: true,
  consistency: 'consistent',
  repetitive: false,
  lengthClass: 'in_range',
  reward: 1.5,
};
type Part = Partial<Omit<PairCandidate, 'standing'>> & { readonly standing?: Partial<Standing> };

const candidate = (sample: number, { standing, ...part }: Part = {}): PairCandidate => ({
  rolloutId: `r${sample}`,
  sample,
  response: '',
  thinking: 'Thought.',
  answer: 'B',
  concluded: 'B',
  thinkTokens: 100,
  ...part,
  standing: { ...goodStanding, ...standing },
});
const why = (type: PairType, good: Part, bad: Part, truth = 'B'): string => {
  const question = { kind: 'choice', prompt: '', options: [], truth } as const;
  return whyOf(type, question, candidate(1, good), candidate(2, bad));
};

describe('accuracy', () => {
  test.each<readonly [name: string, good: Part, bad: Part, truth: string, sentence: string]>([
    [
      'the truth as answered',
      {},
      { answer: 'D' },
      'B',
      'Sample 1 answers B, which is correct, and sample 2 answers D.',
    ],
    [
      'the truth written otherwise',
      { answer: '1,200' },
      { answer: '13' },
      '1200',
      'Sample 1 answers 1,200, which is correct (1200), and sample 2 answers 13.',
    ],
    [
      'a truth of space alone',
      {},
      { answer: 'D' },
      ' ',
      'Sample 1 answers B, which is correct, and sample 2 answers D.',
    ],
    [
      'no answer block',
      {},
      { answer: null },
      'B',
      'Sample 1 answers B, which is correct, and sample 2 gives no answer.',
    ],
    [
      'an answer of space alone',
      {},
      { answer: ' \n' },
      'B',
      'Sample 1 answers B, which is correct, and sample 2 gives no answer.',
    ],
    [
      'a person called no answer right',
      { answer: null },
      { answer: 'D' },
      'B',
      'Sample 1 gives no answer, which is correct (B), and sample 2 answers D.',
    ],
  ])('%s', (_name, good, bad, truth, sentence) => {
    expect(why('accuracy', good, bad, truth)).toBe(sentence);
  });
});

describe('an answer in the sentence is one short line', () => {
  const answers = (answer: string) => /and sample 2 answers (.*)\.$/.exec(why('accuracy', {}, { answer }))?.[1];
  test.each([
    ['48 characters stay', 'x'.repeat(48), 'x'.repeat(48)],
    ['of 49 the last two give way', 'x'.repeat(49), `${'x'.repeat(47)}…`],
    ['no space before the dots', `${'x'.repeat(46)} ${'y'.repeat(40)}`, `${'x'.repeat(46)}…`],
    ['pairs of surrogates count once and stay whole', '🎬'.repeat(48), '🎬'.repeat(48)],
    ['and are cut whole', '🎬'.repeat(49), `${'🎬'.repeat(47)}…`],
    ['space is folded', ' a \n\t b ', 'a b'],
    ['space is folded before it is counted', `${'a  '.repeat(20)}`, 'a '.repeat(20).trim()],
  ])('%s', (_name, answer, wanted) => {
    expect(answers(answer)).toBe(wanted);
  });

  test('of a huge one only the beginning is looked at', () => {
    expect(answers(`a${' '.repeat(1_000)}b`)).toBe('a');
  });
});

describe('consistency', () => {
  test.each<readonly [name: string, good: Part, bad: Part, sentence: string]>([
    ['the same answer', {}, { concluded: 'D' }, "Both answer B correctly, but sample 2's thinking concludes D."],
    [
      'the same written otherwise',
      {},
      { answer: '(B)', concluded: 'D' },
      "Both answer correctly, but sample 2's thinking concludes D.",
    ],
    [
      'neither answers',
      { answer: null },
      { answer: null, concluded: 'D' },
      "Both answer correctly, but sample 2's thinking concludes D.",
    ],
    [
      'no one conclusion',
      {},
      { concluded: null },
      "Both answer B correctly, but sample 2's thinking does not support its answer.",
    ],
    [
      'a conclusion of space alone',
      {},
      { concluded: ' ' },
      "Both answer B correctly, but sample 2's thinking does not support its answer.",
    ],
  ])('%s', (_name, good, bad, sentence) => {
    expect(why('consistency', good, bad)).toBe(sentence);
  });
});

test.each<readonly [name: string, standing: Partial<Standing>, faults: string]>([
  ['cut off', { lengthClass: 'cut_off', wellFormed: false }, 'was cut off'],
  ['malformed', { wellFormed: false }, 'does not keep the think and answer form'],
  ['repetitive', { repetitive: true }, 'repeats itself'],
  ['two', { wellFormed: false, repetitive: true }, 'does not keep the think and answer form and repeats itself'],
  ['too long is no fault of form', { lengthClass: 'too_long', repetitive: true }, 'repeats itself'],
])('penalty: %s', (_name, standing, faults) => {
  expect(why('penalty', {}, { standing })).toBe(`Sample 1 is good in every check, but sample 2 ${faults}.`);
});

test.each([
  ['times as many', 100, 40, ', 2.5 times as many'],
  ['rounded', 100, 30, ', 3.3 times as many'],
  ['none to compare with', 100, 0, ''],
  ['one', 2, 1, ', 2.0 times as many'],
])('length: %s', (_name, good, bad, times) => {
  expect(why('length', { thinkTokens: good }, { thinkTokens: bad })).toBe(
    `Both are good, but sample 1 thinks for ${good} tokens and sample 2 for ${bad}${times}.`,
  );
});

test.each([
  ['both answer', 'B', 'D', 'leads to D, doubts it, and goes on with the thinking of sample 1 to the correct B.'],
  [
    'no wrong answer',
    'B',
    null,
    'leads to no answer, doubts it, and goes on with the thinking of sample 1 to the correct B.',
  ],
  [
    'no right answer',
    null,
    'D',
    'leads to D, doubts it, and goes on with the thinking of sample 1 to the correct answer.',
  ],
])('reflection: %s', (_name, good, bad, end) => {
  expect(why('reflection', { answer: good }, { answer: bad })).toBe(
    `The chosen text starts with the thinking of sample 2, which ${end}`,
  );
});
