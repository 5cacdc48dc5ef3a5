import { describe, expect, test } from 'vitest';
import type { Standing } from '@/lib/domain/verdict';
import { applyCorrections, type Correction } from './corrections';
import { decide, type Scores } from './decide';
import { defaultVerifierSettings, verifierSettingsSchema } from './settings';

const scores: Scores = {
  wellFormed: true,
  cutOff: false,
  accuracy: 1,
  consistency: 'consistent',
  repetition: 0,
  thinkTokens: 100,
};

describe('decide', () => {
  test.each([
    ['right and well formed', {}, { correct: true, reward: 1.5 }],
    ['wrong', { accuracy: 0 }, { correct: false, reward: 0.5 }],
    ['malformed', { wellFormed: false }, { wellFormed: false, reward: 1 }],
    ['no truth', { accuracy: null }, { correct: null, reward: null }],
    ['at the repetition threshold', { repetition: 0.3 }, { repetitive: false }],
    ['above the repetition threshold', { repetition: 0.31 }, { repetitive: true }],
    ['too short', { thinkTokens: 15 }, { lengthClass: 'too_short' }],
    ['shortest in range', { thinkTokens: 16 }, { lengthClass: 'in_range' }],
    ['longest in range', { thinkTokens: 4096 }, { lengthClass: 'in_range' }],
    ['too long', { thinkTokens: 4097 }, { lengthClass: 'too_long' }],
    ['nobody judged', { consistency: 'undetermined' }, { consistency: 'undetermined' }],
    ['a judge said nothing', { consistency: 'undetermined', judged: null }, { consistency: 'undetermined' }],
    ['a judge decides', { consistency: 'undetermined', judged: 'inconsistent' }, { consistency: 'inconsistent' }],
    ['the rules come first', { consistency: 'consistent', judged: 'inconsistent' }, { consistency: 'consistent' }],
    ['cut off before anything', { cutOff: true, thinkTokens: 1 }, { lengthClass: 'cut_off' }],
  ] as const)('%s', (_name, change, expected) => {
    expect(decide({ ...scores, ...change }, 'choice', defaultVerifierSettings)).toMatchObject(expected);
  });

  test.each([
    ['choice', false],
    ['number', false],
    ['math', false],
    ['regression', true],
    ['ocr', true],
    ['text', true],
  ] as const)('an answer of half the accuracy to a %s question is correct: %s', (kind, correct) => {
    expect(decide({ ...scores, accuracy: 0.5 }, kind, defaultVerifierSettings).correct).toBe(correct);
    expect(decide({ ...scores, accuracy: 0.49 }, kind, defaultVerifierSettings).correct).toBe(false);
    expect(decide({ ...scores, accuracy: 1 }, kind, defaultVerifierSettings).correct).toBe(true);
  });

  test('what the rules found stays, whatever a judge says', () => {
    const change = { consistency: 'inconsistent', judged: 'consistent' } as const;
    expect(decide({ ...scores, ...change }, 'choice', defaultVerifierSettings).consistency).toBe('inconsistent');
  });

  test('graded kinds have their own threshold and keep the graded reward', () => {
    const graded = decide({ ...scores, accuracy: 0.6 }, 'regression', defaultVerifierSettings);
    expect(graded).toMatchObject({ correct: true, reward: 1.1 });
    expect(decide({ ...scores, accuracy: 0.6 }, 'number', defaultVerifierSettings).correct).toBe(false);
    const strict = verifierSettingsSchema.parse({ minAccuracyGraded: 0.7 });
    expect(decide({ ...scores, accuracy: 0.6 }, 'text', strict).correct).toBe(false);
  });
});

describe('applyCorrections', () => {
  const standing = decide({ ...scores, accuracy: 0 }, 'choice', defaultVerifierSettings);
  test.each<[string, Correction[], Partial<Standing>]>([
    ['none', [], standing],
    ['wrong to right', [{ check: 'accuracy', value: true }], { correct: true, reward: 1.5 }],
    ['the same', [{ check: 'accuracy', value: false }], { correct: false, reward: 0.5 }],
    ['malformed', [{ check: 'format', value: false }], { wellFormed: false, reward: 0 }],
    ['consistency', [{ check: 'consistency', value: 'inconsistent' }], { consistency: 'inconsistent', reward: 0.5 }],
    ['repetition', [{ check: 'repetition', value: true }], { repetitive: true }],
    ['length', [{ check: 'length', value: 'cut_off' }], { lengthClass: 'cut_off' }],
    [
      'the last one wins',
      [
        { check: 'accuracy', value: true },
        { check: 'accuracy', value: false },
      ],
      { correct: false, reward: 0.5 },
    ],
  ])('%s', (_name, corrections, expected) => {
    expect(applyCorrections(standing, corrections, defaultVerifierSettings)).toMatchObject(expected);
  });

  test('a question without truth gets a reward once a person says right or wrong', () => {
    const unknown = decide({ ...scores, accuracy: null }, 'choice', defaultVerifierSettings);
    const corrected = applyCorrections(unknown, [{ check: 'accuracy', value: true }], defaultVerifierSettings);
    expect(corrected).toMatchObject({ correct: true, reward: 1.5 });
  });

  test('a graded score keeps its grade while its outcome stays', () => {
    const graded = decide({ ...scores, accuracy: 0.6 }, 'text', defaultVerifierSettings);
    const malformed = applyCorrections(graded, [{ check: 'format', value: false }], defaultVerifierSettings);
    expect(malformed.reward).toBeCloseTo(0.6, 12);
    const wrong = applyCorrections(graded, [{ check: 'accuracy', value: false }], defaultVerifierSettings);
    expect(wrong).toMatchObject({ correct: false, reward: 0.5 });
  });

  test('a standing that nobody corrected is the same one', () => {
    expect(applyCorrections(standing, [], defaultVerifierSettings)).toBe(standing);
  });

  test('a reward under other settings stays while neither accuracy nor form is corrected', () => {
    const old = { ...standing, reward: 0.7 };
    const corrected = applyCorrections(old, [{ check: 'length', value: 'too_long' }], defaultVerifierSettings);
    expect(corrected).toEqual({ ...old, lengthClass: 'too_long' });
  });

  test('form and accuracy both corrected', () => {
    const acts: Correction[] = [
      { check: 'format', value: false },
      { check: 'accuracy', value: true },
    ];
    expect(applyCorrections(standing, acts, defaultVerifierSettings)).toMatchObject({ reward: 1, wellFormed: false });
  });

  test('a question without truth that a person calls wrong has the reward of its form', () => {
    const unknown = decide({ ...scores, accuracy: null }, 'choice', defaultVerifierSettings);
    const corrected = applyCorrections(unknown, [{ check: 'accuracy', value: false }], defaultVerifierSettings);
    expect(corrected).toMatchObject({ correct: false, reward: 0.5 });
  });

  test('a question without truth stays without a reward when only its form is corrected', () => {
    const unknown = decide({ ...scores, accuracy: null }, 'choice', defaultVerifierSettings);
    const corrected = applyCorrections(unknown, [{ check: 'format', value: false }], defaultVerifierSettings);
    expect(corrected).toMatchObject({ correct: null, wellFormed: false, reward: null });
  });
});
