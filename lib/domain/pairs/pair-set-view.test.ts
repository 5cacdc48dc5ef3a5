import { expect, test } from 'vitest';
import { exportFileName } from './pair-set-view';

test('an export is named by its set and its format', () => {
  expect(exportFileName(3, 'trl')).toBe('pair-set-3.trl.jsonl');
});
