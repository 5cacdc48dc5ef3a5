/** Hands made-up inputs to a Python program beside this file, and reads the JSON list that it prints. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { root } from '@/scripts/root';
import { runProgram } from '@/scripts/run-program';

/** What `bench/scores/PROGRAM` prints for these inputs, one item each. Throws `unavailable` with the end of what it said. */
export const pythonScores = async <Score>(
  python: string,
  program: string,
  inputs: readonly unknown[],
  schema: z.ZodType<Score>,
): Promise<readonly Score[]> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'veripo-bench-'));
  try {
    const file = path.join(folder, 'inputs.json');
    await writeFile(file, JSON.stringify(inputs));
    const { code, output } = await runProgram(python, [path.join(root, 'bench/scores', program), file]);
    if (code !== 0) throw new AppError('unavailable', `${program} did not run:\n${output.slice(-2_000)}`);
    const scores = z.array(schema).parse(JSON.parse(output));
    if (scores.length !== inputs.length) throw new Error(`${program} gave ${scores.length} of ${inputs.length} scores`);
    return scores;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
