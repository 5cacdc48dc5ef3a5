import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Kind, kinds } from '@/lib/domain/question';
import { consistencies } from '@/lib/domain/verdict';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { compareConcluded } from './compare-concluded';

// Any UTF-16 unit: the 'binary' of fast-check takes seconds to set up.
const anyUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

const options = ['a red car', 'a blue car', '15 km', 'a red car'];
const questionOf = (kind: Kind) =>
  prepareQuestion({ kind, prompt: '', options: kind === 'choice' ? options : [], truth: 'B' });

describe('a concluded value against the answer', () => {
  test.each([
    ['same letter', 'B', 'B', 'choice', 'consistent'],
    ['another letter', 'A', 'B', 'choice', 'inconsistent'],
    ['option text against letter', 'a blue car', 'B', 'choice', 'consistent'],
    ['letter with its text', 'B. a blue car', '(B)', 'choice', 'consistent'],
    ['two letters of the same text', 'A', 'D', 'choice', 'consistent'],
    ['a letter beyond the options', 'G', 'B', 'choice', 'undetermined'],
    ['several letters', 'A or B', 'B', 'choice', 'undetermined'],
    ['no option', 'none of them', 'B', 'choice', 'undetermined'],
    ['an answer that names nothing', 'B', 'who knows', 'choice', 'undetermined'],
    ['nothing concluded', ' ', 'B', 'choice', 'undetermined'],
    ['nothing answered', 'B', '', 'choice', 'undetermined'],
    ['same number', '3.5', '3.5', 'number', 'consistent'],
    ['with units', '3.5 m', '3.5 meters', 'number', 'consistent'],
    ['in another unit', '350 cm', '3.5 m', 'number', 'consistent'],
    ['in words', 'three', '3', 'regression', 'consistent'],
    ['another number', '4', '3', 'regression', 'inconsistent'],
    ['no number', 'unknown', '3', 'number', 'undetermined'],
    ['same expression', '\\frac{1}{2}', '1/2', 'math', 'consistent'],
    ['another value', '7', '9', 'math', 'inconsistent'],
    ['same words', 'Stop', 'STOP', 'ocr', 'consistent'],
    ['other words may mean the same', 'happiness', 'joy', 'text', 'undetermined'],
    ['the opposite', 'it moves left', 'It moves right.', 'text', 'inconsistent'],
    ['another count', '3 cats', '4 cats', 'text', 'inconsistent'],
    ['other words that were read', 'STOP', 'YIELD', 'ocr', 'inconsistent'],
    ['words for nothing, read', 'none', 'EXIT', 'ocr', 'undetermined'],
    ['words for nothing', 'None', 'giraffe', 'text', 'undetermined'],
    ['an answer of that word', 'none', 'None', 'text', 'consistent'],
  ] as const)('%s: %s, answered %s', (_name, concluded, answer, kind, expected) => {
    expect(compareConcluded(concluded, answer, questionOf(kind))).toBe(expected);
  });

  test('any texts give one of the three', { timeout: 60_000 }, () => {
    const text = fc.oneof(fc.string({ unit: anyUnit, maxLength: 60 }), fc.constantFrom('A', '3.5 m', '\\boxed{', '{'));
    fc.assert(
      fc.property(text, text, fc.constantFrom(...kinds), (concluded, answer, kind) => {
        expect(consistencies).toContain(compareConcluded(concluded, answer, questionOf(kind)));
      }),
    );
  });
});
