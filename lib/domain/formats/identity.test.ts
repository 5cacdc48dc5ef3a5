import { describe, expect, test } from 'vitest';
import { IdTable } from './id-table';
import { contentId, groupId, questionId, sampleIdentity } from './identity';

const ids = (texts: readonly string[], label = 'f', group = 'g') => {
  const identify = sampleIdentity(label);
  return texts.map((response, at) => {
    const sample = identify({ groupId: group, sampleKey: null, response, at });
    return sample.ok ? sample.id : sample.reason;
  });
};

describe('ids from content', () => {
  test('are UUIDs of version 8, the same on every machine', () => {
    expect(contentId('question', 'set', 'k')).toBe(questionId('set', { key: 'k' }));
    expect(contentId('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // sha256 of "1:a" begins 3dca0fda…; RFC 9562 sets the version and the variant.
    expect(contentId('ab', 'c')).not.toBe(contentId('a', 'bc'));
  });

  test('a group is one question of one step, whatever the group key', () => {
    const group = { iterationId: 'i', stage: 'grpo', step: 1, groupKey: null, questionId: 'q' } as const;
    const variants = [
      group,
      { ...group, step: 2 },
      { ...group, groupKey: '' },
      { ...group, questionId: 'r' },
      { ...group, stage: 'eval' as const },
    ];
    expect(new Set(variants.map(groupId)).size).toBe(5);
    expect(groupId({ ...group, groupKey: 'u', questionId: 'r' })).not.toBe(groupId({ ...group, groupKey: 'u' }));
  });
});

describe('samples without ids', () => {
  test('equal texts are different samples, and the same ones in any order', () => {
    const once = ids(['a', 'b', 'a']);
    expect(new Set(once).size).toBe(3);
    expect(new Set(ids(['a', 'a', 'b']))).toEqual(new Set(once));
    expect(ids(['a', 'b', 'a', 'a']).slice(0, 3)).toEqual(once);
  });
  test('another file or group has other samples', () => {
    expect(ids(['a'], 'f')).not.toEqual(ids(['a'], 'g'));
    expect(ids(['a'], 'f', 'g')).not.toEqual(ids(['a'], 'f', 'h'));
  });
});

describe('samples with ids', () => {
  test('the same row again is the same sample; another text under its id is refused', () => {
    const identify = sampleIdentity('f');
    const sample = { groupId: 'g', sampleKey: 's1', response: 'a', at: 3 };
    const first = identify(sample);
    expect(first).toMatchObject({ ok: true, repeated: false });
    expect(identify({ ...sample, at: 9 })).toEqual({ ...first, repeated: true });
    expect(identify({ ...sample, response: 'b', at: 12 })).toEqual({
      ok: false,
      reason: 'Sample id "s1" already names another text, at 3.',
    });
    expect(identify({ ...sample, groupId: 'h', response: 'b' })).toMatchObject({ ok: true, repeated: false });
  });
});

test('the id table keeps what it was given, far beyond its first size', () => {
  const table = new IdTable();
  const hex = (n: number) => contentId(String(n)).replaceAll('-', '');
  for (let n = 0; n < 20_000; n++) table.set(hex(n), [n, n + 1, n + 2]);
  for (let n = 0; n < 20_000; n++) expect(table.get(hex(n))).toEqual([n, n + 1, n + 2]);
  expect(table.get(hex(-1))).toBeUndefined();
  table.set(hex(5), [7, 8, 9]);
  expect(table.get(hex(5))).toEqual([7, 8, 9]);
});
