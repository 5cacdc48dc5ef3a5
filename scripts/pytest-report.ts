import { z } from 'zod';
import type { SuiteResult } from './suite';

const reportSchema = z.object({
  tests: z.array(
    z.discriminatedUnion('outcome', [
      z.object({ name: z.string(), outcome: z.enum(['passed', 'failed']) }),
      z.object({ name: z.string(), outcome: z.literal('skipped'), reason: z.string() }),
    ]),
  ),
  /** Files that could not be read as tests. */
  errors: z.array(z.string()),
});

/** Counts the report of `pytest_report.py`. A run that ended badly for no reason in the report is one failure. */
export const readPytestReport = (name: string, report: unknown, exitCode: number | null): SuiteResult => {
  const { tests, errors } = reportSchema.parse(report);
  const failed = tests.flatMap((test) => (test.outcome === 'failed' ? [test.name] : []));
  const failures = [...failed, ...errors.map((file) => `${file}: cannot be imported`)];
  return {
    name,
    passed: tests.filter(({ outcome }) => outcome === 'passed').length,
    failures: failures.length === 0 && exitCode !== 0 ? [`pytest ended with code ${exitCode}`] : failures,
    skipped: tests.flatMap((test) => (test.outcome === 'skipped' ? [`${test.name} (${test.reason})`] : [])),
  };
};
