import { expect, test } from 'vitest';
import { testTrainer } from './test-trainer';

test('without Python everything is skipped, for one clear reason, and nothing counts as passed', async () => {
  const { passed, failures, skipped } = await testTrainer(undefined, new AbortController().signal);
  expect({ passed, failures }).toEqual({ passed: 0, failures: [] });
  expect(skipped).toEqual([expect.stringMatching(/^everything: There is no Python 3\.11 or newer/)]);
});
