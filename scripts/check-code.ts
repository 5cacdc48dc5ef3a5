import { generateClient } from './generate-client';
import { step, warn } from './progress.mjs';
import { runTool } from './run-tool';
import { type SuiteResult, single } from './suite';

const runCheck = async (name: string, title: string, script: string, args: readonly string[]): Promise<SuiteResult> => {
  const { code, output } = await step(title, () => runTool(script, args));
  if (code !== 0) warn(output.trim());
  return single(name, code === 0);
};

/** Lint, format and the arrows between folders. */
export const checkLint = (): Promise<SuiteResult> =>
  runCheck('lint', 'Checking style and imports', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']);

/** Types of everything. Generates those of the database client and of the routes first, which a fresh clone lacks. */
export const checkTypes = async (): Promise<SuiteResult> => {
  await generateClient();
  const routes = await runCheck('types', 'Generating route types', 'node_modules/next/dist/bin/next', ['typegen']);
  if (routes.failures.length > 0) return routes;
  return runCheck('types', 'Checking types', 'node_modules/typescript/bin/tsc', ['--noEmit']);
};
