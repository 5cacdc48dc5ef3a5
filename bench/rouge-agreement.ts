/**
 * `text` answers against Python's `rouge_score`, pair by pair: `npm run bench -- rouge-agreement`. Installs that
 * package into a Python of its own. Made-up pairs, and real texts where ../shared/data is there.
 */
import { z } from 'zod';
import { pythonScores } from '@/bench/scores/python-scores';
import { madeUpPairs, type Pair, realPairs } from '@/bench/scores/rouge-pairs';
import { compareText } from '@/lib/domain/verifier/text';
import { main } from '@/scripts/main';
import { say, step } from '@/scripts/progress.mjs';
import { preparePackages } from '@/scripts/python-packages';

const PAIRS = 4_000;
const SEED = 1;
const AIM = 1e-6;

const compare = async (title: string, pairs: readonly Pair[], python: string): Promise<boolean> => {
  const wanted = await step(`${title}: ${pairs.length} pairs`, () =>
    pythonScores(python, 'rouge_scores.py', pairs, z.number()),
  );
  const distances = pairs.map(([truth, answer], at) =>
    Math.abs(compareText(answer, truth).score - (wanted[at] ?? Number.NaN)),
  );
  const agreeing = distances.filter((distance) => distance <= AIM).length;
  const shared = wanted.filter((score) => score > 0 && score < 1).length;
  const largest = distances.reduce((most, distance) => Math.max(most, distance), 0);
  say(`${title}: ${agreeing} of ${pairs.length} within ${AIM}, largest distance ${largest.toExponential(1)}`);
  say(`  ${shared} of them score between 0 and 1`);
  pairs.forEach((pair, at) => {
    const distance = distances[at] ?? 0;
    if (!(distance <= AIM)) say(`  ${JSON.stringify(pair)}: off by ${distance}`);
  });
  return agreeing === pairs.length;
};

main(async () => {
  const python = await preparePackages('rouge-agreement', ['rouge-score==0.1.2', 'nltk==3.10.4']);
  const same = [await compare('Made-up texts', madeUpPairs(PAIRS, SEED), python)];
  const real = await realPairs();
  if (real.length > 0) same.push(await compare('Real texts', real, python));
  else say('Real texts: none, since ../shared/data is absent');
  return same.every(Boolean) ? 0 : 1;
});
