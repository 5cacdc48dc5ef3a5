import { afterEach, expect, test, vi } from 'vitest';
import { findPython } from './find-python';

afterEach(() => vi.unstubAllEnvs());

test('a machine without Python has none, and that is no failure', async () => {
  vi.stubEnv('PATH', '/nowhere');
  expect(await findPython()).toBeUndefined();
});
