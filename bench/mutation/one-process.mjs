/**
 * A Stryker test runner that loads the tests once and calls them as functions: a mutant costs what its tests cost, and
 * not a new module graph. Only for tests without hooks and mocks, which those of the two rooms are. What a mutant left
 * behind is noticed: the test that it failed must pass again without it, else the process is given up and the mutant
 * tried anew in a fresh one.
 */
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';

const double = new URL('./vitest-double.mjs', import.meta.url).href;
const doubles = new Map([
  ['vitest', double],
  ['fast-check', new URL('./fast-check-double.mjs', import.meta.url).href],
]);
registerHooks({
  resolve: (specifier, context, next) => {
    const url = doubles.get(specifier);
    return url === undefined || context.parentURL === url ? next(specifier, context) : { url, shortCircuit: true };
  },
});

globalThis.__stryker__ = globalThis.__stryker__ ?? {};
const state = globalThis.__stryker__;

const runOne = async ({ id, name, file, run }) => {
  const from = performance.now();
  const about = () => ({ id, name, fileName: file, timeSpentMs: performance.now() - from });
  try {
    await run();
    return { ...about(), status: TestStatus.Success };
  } catch (error) {
    return { ...about(), status: TestStatus.Failed, failureMessage: String(error) };
  }
};

const createRunner = () => {
  let tests = [];
  return {
    capabilities: () => ({ reloadEnvironment: false }),
    init: async () => {
      const { collected } = await import(double);
      const pattern = process.env.MUTATION_TESTS ?? 'lib/domain/{verifier,pairs}/**/*.test.ts';
      await import(pathToFileURL(path.resolve('bench/mutation/seed.ts')).href);
      for (const file of globSync(pattern).sort()) {
        if (/(?:hostile|time)\.test\.ts$/.test(file)) continue;
        collected.file = file;
        await import(pathToFileURL(path.resolve(file)).href);
      }
      tests = collected.tests;
    },
    dryRun: async () => {
      const results = [];
      for (const test of tests) {
        state.currentTestId = test.id;
        results.push(await runOne(test));
      }
      state.currentTestId = undefined;
      return { status: DryRunStatus.Complete, tests: results, mutantCoverage: state.mutantCoverage };
    },
    mutantRun: async ({ testFilter, activeMutant, hitLimit, disableBail }) => {
      const wanted = testFilter && new Set(testFilter);
      const results = [];
      Object.assign(state, { hitCount: 0, hitLimit, currentTestId: undefined });
      for (const test of tests) {
        if (wanted && !wanted.has(test.id)) continue;
        state.activeMutant = activeMutant.id;
        const result = await runOne(test);
        state.activeMutant = undefined;
        results.push(result);
        const isOver = determineHitLimitReached(state.hitCount, hitLimit);
        if (result.status !== TestStatus.Failed && !isOver) continue;
        state.hitCount = 0;
        if ((await runOne(test)).status === TestStatus.Failed) throw new Error(`A mutant stays behind: ${test.id}`);
        if (isOver) return toMutantRunResult(isOver);
        if (!disableBail) break;
      }
      return toMutantRunResult({ status: DryRunStatus.Complete, tests: results });
    },
  };
};

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'one-process', createRunner)];
