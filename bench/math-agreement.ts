/**
 * `math` and `number` answers against Python's `math_verify`, pair by pair: `npm run -s bench -- math-agreement`.
 * Installs that package into a Python of its own. Made-up pairs of known equality, and real answers where
 * ../shared/data is there. Every disagreement is printed.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { type MathPair, madeUpMathPairs } from '@/bench/math/pairs';
import { REAL_NUMBERS, realMathPairs } from '@/bench/math/real-pairs';
import { compareMath } from '@/lib/domain/verifier/math/math';
import { compareNumber } from '@/lib/domain/verifier/math/number';
import { AppError } from '@/lib/errors';
import { main } from '@/scripts/main';
import { say, step } from '@/scripts/progress.mjs';
import { preparePackages } from '@/scripts/python-packages';
import { root } from '@/scripts/root';
import { runProgram } from '@/scripts/run-program';

const PACKAGES = ['math-verify[antlr4_13_2]==0.9.0', 'latex2sympy2_extended==1.11.0', 'sympy==1.14.0'];
const PER_CLASS = 50;
const SEED = 4;
const AIM = 0.97;

const verdictsSchema = z.array(z.tuple([z.boolean(), z.string(), z.string()]));

const theirs = async (python: string, pairs: readonly MathPair[]): Promise<z.infer<typeof verdictsSchema>> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'veripo-math-'));
  try {
    const file = path.join(folder, 'pairs.json');
    await writeFile(file, JSON.stringify(pairs.map(({ truth, answer }) => [truth, answer])));
    const { code, output } = await runProgram(python, [path.join(root, 'bench/math/verdicts.py'), file]);
    if (code !== 0) throw new AppError('unavailable', `math_verify did not run:\n${output.slice(-2_000)}`);
    return verdictsSchema.parse(JSON.parse(output.slice(output.indexOf('[['))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Real number answers by the rule of their own kind, the rest as mathematics. */
const compare = ({ class: name, truth, answer }: MathPair): number =>
  (name === REAL_NUMBERS ? compareNumber : compareMath)(answer, truth).score;

type Judged = MathPair & { readonly ours: boolean; readonly theirs: boolean; readonly read: string };

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/** Lines of the table in docs/math-agreement.md. */
const report = (judged: readonly Judged[]): void => {
  for (const name of new Set(judged.map((pair) => pair.class))) {
    const rows = judged.filter((pair) => pair.class === name);
    const labelled = rows.filter(({ equal }) => equal !== null);
    const right = (side: 'ours' | 'theirs'): string =>
      labelled.length === 0 ? '–' : String(labelled.filter((pair) => pair[side] === pair.equal).length);
    const agreeing = rows.filter((pair) => pair.ours === pair.theirs).length;
    say(`| ${name} | ${rows.length} | ${agreeing} | ${right('ours')} | ${right('theirs')} |`);
  }
};

main(async () => {
  const python = await preparePackages('math-agreement', PACKAGES);
  const pairs = [...madeUpMathPairs(PER_CLASS, SEED), ...realMathPairs()];
  const wanted = await step(`${pairs.length} pairs`, () => theirs(python, pairs));
  const started = performance.now();
  const ours = pairs.map((pair) => compare(pair) === 1);
  const each = (performance.now() - started) / pairs.length;
  const judged = pairs.map((pair, at) => {
    const [verdict, gold, found] = wanted[at] ?? [false, '', ''];
    return { ...pair, ours: ours[at] === true, theirs: verdict, read: `${gold} ${found}` };
  });
  say('| class | pairs | agree | ours right | math-verify right |\n|---|---|---|---|---|');
  report(judged);
  for (const { class: name, truth, answer, equal, ours: our, theirs: their, read } of judged) {
    if (our === their && (equal === null || our === equal)) continue;
    say(
      `  ${name}: ${JSON.stringify([truth, answer])} ours ${our}, theirs ${their}, equal ${equal}; they read ${read}`,
    );
  }
  const agreeing = judged.filter((pair) => pair.ours === pair.theirs).length;
  const labelled = judged.filter(({ equal }) => equal !== null);
  const right = (side: 'ours' | 'theirs'): string =>
    percent(labelled.filter((pair) => pair[side] === pair.equal).length, labelled.length);
  say(`Agreement: ${agreeing} of ${judged.length}, ${percent(agreeing, judged.length)} (aim ${AIM * 100} %)`);
  say(`Right on the ${labelled.length} pairs of known equality: ours ${right('ours')}, math-verify ${right('theirs')}`);
  say(`Time of ours: ${each.toFixed(2)} ms a pair on average`);
  return agreeing / judged.length >= AIM ? 0 : 1;
});
