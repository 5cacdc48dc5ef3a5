import { describe, expect, test } from 'vitest';
import { compareOcr } from './ocr';
import { porterStem } from './porter-stemmer';
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
  ])('%s', (_name, answer, truth, score) => {
    expect(compareOcr(answer, truth).score).toBeCloseTo(score, 12);
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
  ])('%s', (_name, answer, truth, score) => {
    expect(compareText(answer, truth).score).toBeCloseTo(score, 9);
  });
});

// Values from NLTK 3.10 `PorterStemmer().stem`.
test.each([
  ['caresses', 'caress'],
  ['ponies', 'poni'],
  ['ties', 'tie'],
  ['agreed', 'agre'],
  ['conflated', 'conflat'],
  ['sized', 'size'],
  ['hopping', 'hop'],
  ['falling', 'fall'],
  ['failing', 'fail'],
  ['filing', 'file'],
  ['happy', 'happi'],
  ['enjoy', 'enjoy'],
  ['relational', 'relat'],
  ['rational', 'ration'],
  ['radicalli', 'radic'],
  ['vietnamization', 'vietnam'],
  ['sensibiliti', 'sensibl'],
  ['electriciti', 'electr'],
  ['goodness', 'good'],
  ['adoption', 'adopt'],
  ['probate', 'probat'],
  ['rate', 'rate'],
  ['cease', 'ceas'],
  ['controll', 'control'],
  ['dying', 'die'],
  ['spied', 'spi'],
  ['died', 'die'],
  ['geologi', 'geolog'],
  ['successfulli', 'success'],
  ['yyyyy', 'yyyyy'],
])('stem of %s', (word, stem) => {
  expect(porterStem(word)).toBe(stem);
});
