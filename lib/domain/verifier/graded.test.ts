import { describe, expect, test } from 'vitest';
import { compareOcr } from './ocr';
import { compareRegression, meanRelativeAccuracy } from './regression';
import { compareText } from './text';

describe('mean relative accuracy: thresholds met of 11, tolerance 0.5, 0.455, …, 0.05', () => {
  test.each([
    ['exact', 10, 10, 11],
    ['5 % off', 10.5, 10, 11],
    ['just over 5 % off', 10.51, 10, 10],
    ['10 % off', 11, 10, 9],
    ['20 % below', 8, 10, 7],
    ['50 % off', 15, 10, 1],
    ['over 50 % off', 15.1, 10, 0],
    ['negative prediction', -10, 10, 0],
    ['negative truth', -10, -10, 11],
    ['zero met', 0, 0, 11],
    ['zero missed', 0.1, 0, 0],
    ['negative truth, half of it', -5, -10, 1],
    ['negative truth, the other sign', 10, -10, 0],
    ['beyond every number', Number.POSITIVE_INFINITY, 10, 0],
    ['truth beyond every number', 10, Number.POSITIVE_INFINITY, 0],
  ])('%s', (_name, predicted, truth, met) => {
    expect(meanRelativeAccuracy(predicted, truth)).toBeCloseTo(met / 11, 12);
  });

  test('reads units and refuses words', () => {
    expect(compareRegression('about 3.5 m', '3.5').score).toBe(1);
    expect(compareRegression('far', '3.5').score).toBe(0);
  });

  test.each([
    ['a tenth off', '11', '10', 'Mean relative accuracy 0.818: 11 against 10'],
    ['words for an answer', 'far', '10', 'No single number in the answer'],
    ['words for a truth', '10', 'far', 'The reference answer is not a number'],
  ])('says why: %s', (_name, answer, truth, reason) => {
    expect(compareRegression(answer, truth).reason).toBe(reason);
  });
});

describe('ocr: 1 − word error rate', () => {
  test.each([
    ['same', 'EXIT 12 NORTH', 'EXIT 12 NORTH', 1],
    ['one of three substituted', 'EXIT 12 SOUTH', 'EXIT 12 NORTH', 2 / 3],
    ['one missing', 'EXIT 12', 'EXIT 12 NORTH', 2 / 3],
    ['one too many', 'EXIT 12 NORTH 5', 'EXIT 12 NORTH', 2 / 3],
    ['case counts', 'exit', 'EXIT', 0],
    ['twice as long', 'a b c d e f', 'a b c', 0],
    ['all wrong', 'x y z', 'a b c', 0],
    ['space does not count', ' a\n b ', 'a b', 1],
    ['a word added to one', 'a b', 'a', 0],
    ['many words added', 'a b c d e f g', 'a b c', 0],
    ['nothing for nothing', '', '', 1],
    ['a word for nothing', 'a', '', 0],
    ['nothing for a word', '', 'a', 0],
  ])('%s', (_name, answer, truth, score) => {
    expect(compareOcr(answer, truth).score).toBeCloseTo(score, 12);
  });

  test.each([
    ['right', 'a b c', 'Word error rate 0.000'],
    ['a third wrong', 'a b x', 'Word error rate 0.333'],
    ['all wrong', 'x y z', 'Word error rate 1 or more'],
  ])('says the rate: %s', (_name, answer, reason) => {
    expect(compareOcr(answer, 'a b c').reason).toBe(reason);
  });
});

// Values from Python's rouge_score 0.1.2, RougeScorer(['rouge1', 'rouge2', 'rougeL'], use_stemmer=True).
describe('text: mean ROUGE-1/2/L F1', () => {
  test.each([
    ['same single word', 'a', 'a', 0.6666666666666666],
    ['overlap', 'The cat is sitting on the mats.', 'the cat sat', 0.35000000000000003],
    [
      'paraphrase',
      'A dog pulled the cable, so the lamp fell off the table',
      'The lamp falls from the table because the dog pulls the cable.',
      0.4848484848484848,
    ],
    ['stems', 'run dog', 'running dogs', 1],
    ['accents are no letters', 'unicode cafe', 'Ünïcode café', 0],
    ['nothing', '...', 'a word', 0],
    ['nothing for nothing', '...', '!', 0],
    ['a word counts as often as the truth has it', 'a a a', 'a a b', 0.611111111111111],
    ['two words are not one', 'a bc', 'ab c', 0],
    ['three letters are no stem', 'gas', 'ga', 0],
    ['four letters have one', 'ties', 'tie', 0.6666666666666666],
    ['the other way round', 'four three two one', 'one two three four', 0.4166666666666667],
    ['all of it', 'one two three four', 'one two three four', 1],
    ['a word too many', 'left right', 'left', 0.4444444444444444],
    ['moved', 'a b a b c', 'a b c a b', 0.8500000000000001],
  ])('%s', (_name, answer, truth, score) => {
    expect(compareText(answer, truth).score).toBeCloseTo(score, 9);
  });

  test('says what was measured', () => {
    expect(compareText('left right', 'left').reason).toBe('Words overlap by ROUGE 0.444 (mean of ROUGE-1, 2 and L F1)');
  });
});
