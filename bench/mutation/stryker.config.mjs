/**
 * Mutation tests of what decides: nearly every small change to the verifier or the pair builder must make a test fail.
 * `npm run mutation` tries all of them, which takes hours; `npm run mutation -- --mutate FILE,…` those of some files.
 * What comes out, and what survives, stands in docs/mutation.md.
 */
export default {
  mutate: ['lib/domain/{verifier,pairs}/**/*.ts', '!**/*.test.ts', '!**/{fixture,standing-table,written-tree}.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'bench/mutation/vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  // Tables that are built when a module loads would need a process of their own each.
  ignoreStatic: true,
  timeoutMS: 5_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: '.test/mutation.json' },
  tempDirName: '.test/stryker',
};
