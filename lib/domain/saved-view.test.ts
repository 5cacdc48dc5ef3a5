import { describe, expect, test } from 'vitest';
import { savedViewAddress, savedViewInputSchema, screenAt } from './saved-view';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';

describe('a screen that can be saved', () => {
  test.each([
    [`/runs/${RUN}`, 'Run'],
    [`/runs/${RUN}/lengths`, 'Lengths'],
    ['/compare', 'Comparison'],
    [`/compare/questions/${RUN}`, 'Question'],
    ['/rollouts', 'Rollouts'],
    ['/pairs', 'Pairs'],
  ])('%s is %s', (path, name) => expect(screenAt(path)).toBe(name));

  test.each([
    '/settings',
    '//evil.example/compare',
    'https://evil.example',
    'javascript:alert(1)',
    `/runs/${RUN}/../../settings`,
    '/compare\n',
    `/runs/${RUN.toUpperCase()}`,
    '',
  ])('%j is none', (path) => expect(screenAt(path)).toBeNull());
});

test.each([
  ['an empty name', { name: '  ' }],
  ['a name without end', { name: 'x'.repeat(101) }],
  ['a name that no database holds', { name: 'a\0b' }],
  ['another site', { path: '//evil.example' }],
  ['a query without end', { query: 'x'.repeat(4_001) }],
])('%s is refused', (_, part) => {
  expect(savedViewInputSchema.safeParse({ name: 'mine', path: '/compare', query: '', ...part }).success).toBe(false);
});

test('its address is path and query', () => {
  expect(savedViewAddress({ path: '/compare', query: '' })).toBe('/compare');
  expect(savedViewAddress({ path: '/compare', query: 'slice=a' })).toBe('/compare?slice=a');
});
