import { z } from 'zod';
import type { SuiteResult } from './suite';

const testSchema = z.object({
  status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
  annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
});
const specSchema = z.object({ title: z.string(), file: z.string(), tests: z.array(testSchema) });
const suiteSchema = z.object({
  specs: z.array(specSchema),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});
const reportSchema = z.object({
  suites: z.array(suiteSchema),
  errors: z.array(z.object({ message: z.string().optional() })),
});

type Suite = z.infer<typeof suiteSchema>;
type Named = z.infer<typeof testSchema> & { readonly title: string };

const flatten = (suite: Suite): readonly Named[] => [
  ...suite.specs.flatMap(({ title, file, tests }) => tests.map((test) => ({ ...test, title: `${file}: ${title}` }))),
  ...(suite.suites ?? []).flatMap(flatten),
];

const withReason = ({ title, annotations }: Named): string => {
  const reason = annotations.find(({ type, description }) => type !== 'slow' && description)?.description;
  return reason ? `${title} (${reason})` : title;
};

/** Counts Playwright's JSON report. A test that passed only on a second try counts as failed. */
export const readPlaywrightReport = (name: string, report: unknown, exitCode: number | null): SuiteResult => {
  const { suites, errors } = reportSchema.parse(report);
  const tests = suites.flatMap(flatten);
  const failures = [
    ...tests.filter(({ status }) => status === 'unexpected' || status === 'flaky').map(({ title }) => title),
    ...errors.map(({ message }) => message?.split('\n')[0] ?? 'an error outside of tests'),
  ];
  return {
    name,
    passed: tests.filter(({ status }) => status === 'expected').length,
    failures: failures.length === 0 && exitCode !== 0 ? [`Playwright ended with code ${exitCode}`] : failures,
    skipped: tests.filter(({ status }) => status === 'skipped').map(withReason),
  };
};
