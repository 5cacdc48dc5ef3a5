/**
 * The public benchmarks that the studio knows by name, so that a set of questions can be laid beside published figures.
 * A closed list: those whose manifests VerIPO evaluates on, and those that the method's figures name.
 */
import { z } from 'zod';

export const benchmarks = ['video-mmmu', 'tomato', 'mmvu', 'vsi-bench', 'video-mme', 'lvbench'] as const;
export const benchmarkSchema = z.enum(benchmarks);
export type Benchmark = z.infer<typeof benchmarkSchema>;

type BenchmarkFacts = {
  /** As its authors write it. */
  readonly name: string;
  /** Questions of the whole benchmark, as VerIPO's evaluation manifests hold them; Video-MMMU as its authors state. */
  readonly questions: number;
};

export const benchmarkFacts: Readonly<Record<Benchmark, BenchmarkFacts>> = {
  'video-mmmu': { name: 'Video-MMMU', questions: 900 },
  tomato: { name: 'TOMATO', questions: 1_484 },
  mmvu: { name: 'MMVU', questions: 625 },
  'vsi-bench': { name: 'VSI-Bench', questions: 5_130 },
  'video-mme': { name: 'Video-MME', questions: 2_700 },
  lvbench: { name: 'LVBench', questions: 1_549 },
};

/** A spelling is a benchmark's name without everything but its letters. */
const spellings: ReadonlyMap<string, Benchmark> = new Map(
  benchmarks.map((benchmark) => [benchmark.replaceAll('-', ''), benchmark]),
);
const LONGEST = Math.max(...[...spellings.keys()].map(({ length }) => length));

/** Longer names are read up to here: nobody spells a benchmark behind it. */
const MOST_CHARS = 200;

/** Words of a name: `VideoMMMU-dev_t01` is video, mmmu, dev, t01. */
const wordsOf = (name: string): string[] =>
  name
    .slice(0, MOST_CHARS)
    .normalize('NFKC')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/**
 * The benchmark that the name of a question set or of a file speaks of, in the usual spellings (`vsi_bench`,
 * `Video-MMMU`, `videommmu_greedy`, `eval_vsibench_7b`): whole words that together spell it, wherever they stand. Null
 * where none does, or two different ones.
 */
export const benchmarkOf = (name: string): Benchmark | null => {
  const words = wordsOf(name);
  const found = new Set<Benchmark>();
  for (const [at] of words.entries()) {
    let spelt = '';
    for (const word of words.slice(at)) {
      spelt += word;
      if (spelt.length > LONGEST) break;
      const benchmark = spellings.get(spelt);
      if (benchmark) found.add(benchmark);
    }
  }
  const [only, ...others] = found;
  return only !== undefined && others.length === 0 ? only : null;
};

/** What a person may say about a set: null follows its name, `none` is no benchmark whatever its name says. */
export const benchmarkChoiceSchema = z.enum([...benchmarks, 'none']).nullable();
export type BenchmarkChoice = z.infer<typeof benchmarkChoiceSchema>;

/** A stored choice; one that this studio does not know, as of a newer one, follows the name. */
export const storedBenchmarkChoiceSchema = benchmarkChoiceSchema.catch(null);

/** The benchmark of a set: the choice, else its name. */
export const chosenBenchmark = (choice: BenchmarkChoice, name: string): Benchmark | null => {
  if (choice === 'none') return null;
  return choice ?? benchmarkOf(name);
};
