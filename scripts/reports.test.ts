import { expect, test } from 'vitest';
import { readPlaywrightReport } from './playwright-report';
import { readPytestReport } from './pytest-report';
import { merge, single, summarize } from './suite';
import { readVitestReport } from './vitest-report';

const file = (status: string, tests: readonly [string, string][], message = '') => ({
  name: 'a.test.ts',
  status,
  message,
  assertionResults: tests.map(([fullName, outcome]) => ({ fullName, status: outcome })),
});

test.each([
  [
    'passed and skipped',
    [
      file('passed', [
        ['a', 'passed'],
        ['b', 'skipped'],
      ]),
    ],
    0,
    [1, [], ['b']],
  ],
  ['a failed test counts once, not its file too', [file('failed', [['a', 'failed']])], 1, [0, ['a'], []]],
  [
    'a file that cannot be imported',
    [file('failed', [], 'no such module\nat x')],
    1,
    [0, ['a.test.ts: no such module'], []],
  ],
  ['an error outside of tests', [file('passed', [['a', 'passed']])], 1, [1, ['vitest ended with code 1'], []]],
])('vitest: %s', (_name, testResults, code, [passed, failures, skipped]) => {
  expect(readVitestReport('unit', { testResults }, code)).toEqual({ name: 'unit', passed, failures, skipped });
});

const spec = (title: string, status: string, description?: string) => ({
  title,
  file: 'a.spec.ts',
  tests: [{ status, annotations: description ? [{ type: 'skip', description }] : [] }],
});

test('Playwright: nested suites, reasons of skipping, flaky is failed', () => {
  const suites = [
    {
      specs: [spec('one', 'expected')],
      suites: [{ specs: [spec('two', 'flaky'), spec('three', 'skipped', 'no data')] }],
    },
  ];
  expect(readPlaywrightReport('browser', { suites, errors: [] }, 1)).toEqual({
    name: 'browser',
    passed: 1,
    failures: ['a.spec.ts: two'],
    skipped: ['a.spec.ts: three (no data)'],
  });
});

test('Playwright: a broken set-up is a failure, though no test ran', () => {
  const report = { suites: [], errors: [{ message: 'set-up failed\nat y' }] };
  expect(readPlaywrightReport('browser', report, 1).failures).toEqual(['set-up failed']);
});

const pytestReport = {
  tests: [
    { name: 'a', outcome: 'passed' },
    { name: 'b', outcome: 'skipped', reason: 'no data' },
  ],
  errors: [],
};

test.each([
  ['passed and skipped, with its reason', pytestReport, 0, [1, [], ['b (no data)']]],
  ['failed', { ...pytestReport, tests: [{ name: 'c', outcome: 'failed' }] }, 1, [0, ['c'], []]],
  ['a file that cannot be imported', { tests: [], errors: ['d.py'] }, 2, [0, ['d.py: cannot be imported'], []]],
  ['an end for no reason', { tests: [], errors: [] }, 3, [0, ['pytest ended with code 3'], []]],
])('pytest: %s', (_name, report, code, [passed, failures, skipped]) => {
  expect(readPytestReport('trainer', report, code)).toEqual({ name: 'trainer', passed, failures, skipped });
});

test('parts become one suite, and a skipped one counts for nothing', () => {
  const skipped = { name: 'none', passed: 0, failures: [], skipped: ['everything: no Python'] };
  const whole = merge('trainer', [single('ruff', true), single('mypy', false), skipped]);
  expect(whole).toEqual({ name: 'trainer', passed: 1, failures: ['mypy'], skipped: ['everything: no Python'] });
  expect(summarize([skipped]).lines.at(-1)).toBe('0 passed, 0 failed');
});

test('the last line counts over all suites', () => {
  const { lines, failed } = summarize([single('lint', true), single('types', false)]);
  expect(failed).toBe(1);
  expect(lines.at(-1)).toBe('1 passed, 1 failed');
});
