/** Pairs of texts for ROUGE: made-up ones that try the stemmer and the tokens, and real ones where the data is. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Random, seededRandom } from '@/bench/random';
import { realSamples } from '@/bench/rollout-texts';
import { root } from '@/scripts/root';

export type Pair = readonly [truth: string, answer: string];

const stems = [
  ...[
    'run',
    'hop',
    'fall',
    'fil',
    'siz',
    'agre',
    'conflat',
    'relat',
    'ration',
    'electric',
    'adopt',
    'probat',
    'contro',
  ],
  ...['happ', 'enjo', 'sky', 'di', 'spi', 'geolog', 'success', 'vietnam', 'sens', 'good', 'ceas', 'rat', 'cat', 'bl'],
  ...['oper', 'nation', 'call', 'form', 'active', 'hope', 'triplic', 'allow', 'infer', 'air', 'gyro', 'adjust', 'y'],
] as const;
const suffixes = [
  ...['', 's', 'es', 'ies', 'sses', 'ss', 'ed', 'eed', 'ied', 'ing', 'y', 'ational', 'tional', 'enci', 'anci', 'izer'],
  ...['bli', 'alli', 'entli', 'eli', 'ousli', 'ization', 'ation', 'ator', 'alism', 'iveness', 'fulness', 'ousness'],
  ...['aliti', 'iviti', 'biliti', 'fulli', 'logi', 'icate', 'ative', 'alize', 'iciti', 'ical', 'ful', 'ness', 'al'],
  ...['ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent', 'ion', 'sion', 'tion', 'ou', 'ism'],
  ...['ate', 'iti', 'ous', 'ive', 'ize', 'e', 'll', 'lle', 'yed', 'ying', 'ally', 'edly', 'ingly'],
] as const;
const odd = [
  ...['The', 'a', 'OF', 'in', 'news', 'innings', 'howe', 'proceed', 'skies', 'tying', '3.14', '1,000', 'x1y2', 'A-B'],
  ...["don't", 'café', 'Ünï', 'İstanbul', 'Kelvin', '中文', 'ﬁnal', '_', '--', '…', '12th', 'e.g.', 'ſhip', '٣', 'ss'],
] as const;

const word = (random: Random): string => {
  const kind = random.next();
  if (kind < 0.2) return random.pick(odd);
  const built = random.pick(stems) + random.pick(suffixes);
  if (kind < 0.3) return built + random.pick(suffixes);
  return kind < 0.4 ? built.toUpperCase() : built;
};

const gap = (random: Random): string => random.pick([' ', ' ', ' ', ' ', '\n', ', ', '. ', '-', '  ', '\u00a0', '/']);

const sentence = (random: Random): readonly string[] =>
  Array.from({ length: random.pick([0, 1, 2, 3, 8, 20, 60]) }, () => word(random));

/** Some words of the truth taken out, moved, changed or said twice. */
const changed = (random: Random, words: readonly string[]): readonly string[] =>
  words.flatMap((own) => {
    const kind = random.next();
    if (kind < 0.15) return [];
    if (kind < 0.3) return [word(random)];
    return kind < 0.4 ? [own, own] : [own];
  });

const written = (random: Random, words: readonly string[]): string => words.map((own) => own + gap(random)).join('');

/** So many made-up pairs, the same for the same seed. */
export const madeUpPairs = (count: number, seed: number): readonly Pair[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const truth = sentence(random);
    const answer = random.next() < 0.7 ? changed(random, truth) : sentence(random);
    return [written(random, truth), written(random, answer)];
  });
};

const questionsSchema = z.array(z.object({ question: z.string() }));
const MAX_REAL = 1_200;

const questionsOf = (name: string): readonly string[] => {
  const file = path.join(root, '../shared/data/questions', `${name}.json`);
  if (!existsSync(file)) return [];
  return questionsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).map(({ question }) => question);
};

/** Neighbouring questions of the manifests, and beginnings of neighbouring outputs; none where the data is absent. */
export const realPairs = async (): Promise<readonly Pair[]> => {
  const questions = ['mmvu', 'tomato', 'lvbench', 'video_mme'].flatMap(questionsOf);
  const outputs = ((await realSamples()) ?? []).map(({ response }) => response.slice(0, MAX_REAL));
  return [...neighbours(questions), ...neighbours(outputs)];
};

const neighbours = (texts: readonly string[]): readonly Pair[] =>
  texts.slice(1).map((text, at) => [texts[at] ?? '', text]);
