import { expect, test } from 'vitest';
import { pairFiltersSchema, pairRequestSchema } from './pair-view';

const rolloutId = '00000000-0000-4000-8000-00000000000a';

test.each([
  ['approve', { action: 'approve' }, true],
  ['replace by a rollout', { action: 'replace_chosen', rolloutId }, true],
  ['replace by nothing', { action: 'replace_rejected' }, false],
  ['replace by no id', { action: 'replace_chosen', rolloutId: '../a' }, false],
  ['edit', { action: 'edit', side: 'rejected', text: 'x' }, true],
  ['edit a side that is none', { action: 'edit', side: 'left', text: 'x' }, false],
  ['edit into more than a response can be', { action: 'edit', side: 'chosen', text: 'x'.repeat(2_000_001) }, false],
  ['undo goes another way', { action: 'undo' }, false],
])('a request: %s', (_name, request, isLegal) => {
  expect(pairRequestSchema.safeParse(request).success).toBe(isLegal);
});

test.each([
  ['none', {}, true],
  ['all', { type: 'length', state: 'approved', stale: 'yes' }, true],
  ['a type that is none', { type: 'best' }, false],
  ['another word for stale', { stale: 'no' }, false],
])('filters: %s', (_name, filters, isLegal) => {
  expect(pairFiltersSchema.safeParse(filters).success).toBe(isLegal);
});
