import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Kind, kinds } from '@/lib/domain/question';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { parseResponse } from '@/lib/domain/verifier/response';
import { checkConsistency } from './consistency';

// Any UTF-16 unit: the 'binary' of fast-check takes seconds to set up.
const anyUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

const options = ['the cat sleeps', 'the dog barks', 'a bird sings', 'nobody moves'];
const questionOf = (kind: Kind, texts: readonly string[] = options) =>
  prepareQuestion({ kind, prompt: 'Which?', options: kind === 'choice' ? texts : [], truth: 'A' });

const read = (response: string, kind: Kind, texts?: readonly string[]) => {
  const { think, answer } = parseResponse(response);
  return { ...checkConsistency(response, think, answer, questionOf(kind, texts)), think, answer };
};
const wrap = (thinking: string, answer: string): string => `<think>${thinking}</think><answer>${answer}</answer>`;

const piece = fc.oneof(
  fc.constantFrom('<think>', '</think>', '<answer>', '</answer>', '<thi', '</', '\\boxed{', '}', '\\[', '$', '**'),
  fc.constantFrom(
    'so ',
    'the answer is ',
    'Option ',
    'A',
    'B. ',
    '(C)',
    'wait, no. ',
    'not ',
    'if ',
    'might be ',
    '? ',
  ),
  fc.constantFrom('答案是', '因此选', '不是', '而是', 'Ｂ', '（', '。', '，', 'La respuesta es ', '정답은 ', '答えは'),
  fc.constantFrom(
    '\ud800',
    '\udc00',
    '\u200b',
    '\u202e',
    '\u0000',
    '🎬',
    'the dog barks',
    '3.5 m',
    '-7',
    '\n',
    ' ',
    '. ',
  ),
  fc.string({ unit: anyUnit, maxLength: 8 }),
);
const text = fc.array(piece, { maxLength: 50 }).map((pieces) => pieces.join(''));

describe('any text', () => {
  test('gives a reading whose evidence lies in the response and is what it says', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(...kinds), fc.boolean(), (thinking, answer, kind, isWrapped) => {
        const response = isWrapped ? wrap(thinking, answer) : thinking + answer;
        const reading = read(response, kind);
        expect(reading.evidence.length === 0).toBe(reading.consistency === 'undetermined');
        for (const { role, start, end } of reading.evidence) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(response.length);
          const inside = role === 'answer' ? reading.answer : reading.think;
          expect(start).toBeGreaterThanOrEqual(inside?.start ?? 0);
          expect(end).toBeLessThanOrEqual(inside?.end ?? 0);
        }
        const [conclusion, contradiction] = reading.evidence;
        if (reading.consistency !== 'inconsistent') return;
        expect(contradiction?.role).toBe('contradiction');
        expect(contradiction?.start).toBeLessThanOrEqual(conclusion?.start ?? 0);
        expect(contradiction?.end).toBeGreaterThanOrEqual(conclusion?.end ?? 0);
      }),
      { numRuns: 3_000 },
    );
  });

  test('gives the same reading again: no state is kept between calls', () => {
    fc.assert(
      fc.property(text, text, (thinking, other) => {
        const first = read(wrap(thinking, 'B'), 'choice');
        read(wrap(other, '3'), 'number');
        expect(read(wrap(thinking, 'B'), 'choice')).toEqual(first);
      }),
    );
  });

  test('never calls an answer inconsistent that says the letter it concludes', () => {
    fc.assert(
      fc.property(text, (thinking) => {
        const { concluded } = read(wrap(thinking, 'A'), 'choice');
        if (concluded !== null) expect(read(wrap(thinking, concluded), 'choice').consistency).toBe('consistent');
      }),
      { numRuns: 2_000 },
    );
  });
});

const letter = fc.constantFrom('A', 'B', 'C', 'D');
const statement = fc.constantFrom(
  (x: string) => `So the answer is ${x}.`,
  (x: string) => `Therefore, the correct answer is **${x}**.`,
  (x: string) => `Final answer: \\boxed{${x}}`,
  (x: string) => `Hence, ${x}.`,
  (x: string) => `I will go with option ${x}.`,
  (x: string) => `${x} is the correct answer.`,
  (x: string) => `所以答案是${x}。`,
  (x: string) => `因此选${x}。`,
  (x: string) => `La respuesta correcta es ${x}.`,
  (x: string) => `したがって、答えは${x}です。`,
);
/** Sentences that say nothing about options, numbers or the answer. */
const filler = fc.array(
  fc.constantFrom(
    'the light changes slowly. ',
    'we look at the next frame. ',
    'there is some noise behind the wall. ',
    'hmm, this takes time.\n\n',
    'it is quiet (very quiet) and dark. ',
    '画面很暗。',
    '<think> is a tag',
    '\u200b\u202e… ',
    '🎬 ',
  ),
  { maxLength: 60 },
);

describe('what a conclusion depends on', () => {
  test('words before it that name nothing do not change it', () => {
    fc.assert(
      fc.property(filler, statement, letter, letter, (words, state, concluded, answer) => {
        const bare = read(wrap(state(concluded), answer), 'choice');
        const filled = read(
          wrap(`${words.filter((word) => !word.startsWith('<')).join('')}\n${state(concluded)}`, answer),
          'choice',
        );
        expect(bare.consistency).toBe(concluded === answer ? 'consistent' : 'inconsistent');
        expect([filled.consistency, filled.concluded]).toEqual([bare.consistency, bare.concluded]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a change of mind behind it flips it, whatever stood there', () => {
    fc.assert(
      fc.property(text, statement, letter, letter, (before, state, first, second) => {
        const thinking = `${before.replaceAll('<', '')}\n${state(first)} Wait, no. So the answer is ${second}.`;
        const reading = read(wrap(thinking, second), 'choice');
        expect([reading.consistency, reading.concluded]).toEqual(['consistent', second]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('taken back, it counts for nothing', () => {
    fc.assert(
      fc.property(filler, statement, letter, letter, (words, state, concluded, answer) => {
        const thinking = `${words.join('').replaceAll('<', '')}\n${state(concluded)} Wait, that is wrong.`;
        expect(read(wrap(thinking, answer), 'choice').consistency).toBe('undetermined');
      }),
    );
  });

  test('a guess behind it never makes another answer right', () => {
    fc.assert(
      fc.property(statement, letter, letter, (state, concluded, guessed) => {
        const thinking = `${state(concluded)} The answer might be ${guessed}.`;
        expect(read(wrap(thinking, concluded), 'choice').consistency).toBe('consistent');
        if (guessed !== concluded) expect(read(wrap(thinking, guessed), 'choice').consistency).toBe('undetermined');
      }),
    );
  });

  test('a denial concludes nothing', () => {
    const denial = fc.constantFrom(
      (x: string) => `The answer is not ${x}.`,
      (x: string) => `So ${x} is wrong.`,
      (x: string) => `It cannot be ${x}.`,
      (x: string) => `We rule out option ${x}.`,
      (x: string) => `答案不是${x}。`,
    );
    fc.assert(
      fc.property(filler, denial, letter, letter, (words, deny, denied, answer) => {
        const thinking = `${words.join('').replaceAll('<', '')}\n${deny(denied)}`;
        expect(read(wrap(thinking, answer), 'choice').consistency).toBe('undetermined');
      }),
    );
  });

  test('a number agrees with itself in any form, and with no other', () => {
    const forms = fc.constantFrom(
      (n: number) => `So the answer is ${n}.`,
      (n: number) => `The answer is ${n} meters.`,
      (n: number) => `Therefore, there are ${n}.`,
      (n: number) => `Hence \\boxed{${n}}`,
      (n: number) => `所以答案是${n}。`,
    );
    fc.assert(
      fc.property(forms, fc.integer({ min: 2, max: 99 }), fc.integer({ min: 2, max: 99 }), (form, stated, answered) => {
        const { consistency } = read(wrap(form(stated), String(answered)), 'number');
        if (stated === answered) expect(consistency).toBe('consistent');
        // Ten times as much may be another unit, and a count of a hundred may be rounded.
        else expect(consistency).not.toBe('consistent');
      }),
    );
  });
});
