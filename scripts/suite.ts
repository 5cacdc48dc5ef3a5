/** What one suite of `npm test` found. */
export type SuiteResult = {
  readonly name: string;
  readonly passed: number;
  /** Names of what failed, for the summary. */
  readonly failures: readonly string[];
  /** Names and reasons of what was not run. */
  readonly skipped: readonly string[];
};

/** A suite that is one check. */
export const single = (name: string, passed: boolean): SuiteResult => ({
  name,
  passed: passed ? 1 : 0,
  failures: passed ? [] : [name],
  skipped: [],
});

/** Several results as one suite. */
export const merge = (name: string, parts: readonly SuiteResult[]): SuiteResult => ({
  name,
  passed: parts.reduce((total, { passed }) => total + passed, 0),
  failures: parts.flatMap(({ failures }) => failures),
  skipped: parts.flatMap(({ skipped }) => skipped),
});

/** The summary of all suites; its last line is `N passed, N failed`. */
export const summarize = (results: readonly SuiteResult[]): { lines: readonly string[]; failed: number } => {
  const sum = (count: (result: SuiteResult) => number) => results.reduce((total, result) => total + count(result), 0);
  const failed = sum(({ failures }) => failures.length);
  const lines = [
    ...results.map(({ name, passed, failures }) => `${name}: ${passed} passed, ${failures.length} failed`),
    ...results.flatMap(({ name, skipped }) => skipped.map((title) => `skipped in ${name}: ${title}`)),
    ...results.flatMap(({ name, failures }) => failures.map((title) => `FAILED in ${name}: ${title}`)),
    `${sum(({ passed }) => passed)} passed, ${failed} failed`,
  ];
  return { lines, failed };
};
