import { z } from 'zod';
import type { SuiteResult } from './suite';

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/**
 * Counts vitest's JSON report. A file that failed without a failed test (it could not be imported) is one failure,
 * and so is a run that ended badly for no reason in the report.
 */
export const readVitestReport = (name: string, report: unknown, exitCode: number | null): SuiteResult => {
  const { testResults } = reportSchema.parse(report);
  const tests = testResults.flatMap((file) => file.assertionResults);
  const failedTests = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  const brokenFiles = testResults
    .filter(
      ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((t) => t.status === 'failed'),
    )
    .map((file) => `${file.name}: ${file.message.split('\n')[0]}`);
  const failures = [...failedTests, ...brokenFiles];
  return {
    name,
    passed: tests.filter(({ status }) => status === 'passed').length,
    failures: failures.length === 0 && exitCode !== 0 ? [`vitest ended with code ${exitCode}`] : failures,
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName),
  };
};
