import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generateTrainerTypes, TRAINER_TYPES } from './generate-trainer-types';

test('lib/trainer/api-types.ts is current: npm run trainer-types', { timeout: 30_000 }, async () => {
  expect(await readFile(TRAINER_TYPES, 'utf8')).toBe(await generateTrainerTypes());
});
