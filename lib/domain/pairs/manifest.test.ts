import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json';
import { createManifest, type ManifestPair, pairSetManifestSchema, parseManifest, serializeManifest } from './manifest';

describe('canonicalJson', () => {
  test.each([
    ['sorted keys', { b: 1, a: [] }, '{\n  "a": [],\n  "b": 1\n}\n'],
    ['keys that look like integers', { b: 1, 10: 2, 9: 3 }, '{\n  "10": 2,\n  "9": 3,\n  "b": 1\n}\n'],
    ['undefined members', { a: undefined }, '{}\n'],
    ['nested', [{ a: null }, 'x\n'], '[\n  {\n    "a": null\n  },\n  "x\\n"\n]\n'],
    ['minus zero', -0, '0\n'],
    ['half a surrogate pair', '\ud800', '"\\ud800"\n'],
  ] as const)('%s', (_name, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  test('refuses what JSON cannot say', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
  });

  test('reads back as the same value, whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.boolean())), (dictionary) => {
        const text = canonicalJson(dictionary);
        expect(Object.entries(JSON.parse(text)).sort()).toEqual(Object.entries(dictionary).sort());
        expect(canonicalJson(Object.fromEntries(Object.entries(dictionary).reverse()))).toBe(text);
      }),
    );
  });
});

describe('manifest', () => {
  const pair = (id: string, part: Partial<ManifestPair> = {}): ManifestPair => ({
    id,
    type: 'accuracy',
    questionId: 'q1',
    chosenSha256: 'a'.repeat(64),
    rejectedSha256: 'b'.repeat(64),
    edited: false,
    ...part,
  });
  const parts = {
    number: 3,
    filters: { state: 'approved', type: ['accuracy', 'length'] },
    verifierVersion: 2,
    reviewers: [
      { id: 'u2', name: 'Bo', decisions: 1 },
      { id: 'u1', name: 'An', decisions: 1 },
    ],
    pairs: [pair('p2', { type: 'length', edited: true }), pair('p1')],
  };

  test('counts and sorts', () => {
    const manifest = createManifest(parts);
    expect(manifest.counts).toEqual({
      pairs: 2,
      questions: 1,
      edited: 1,
      byType: { accuracy: 1, consistency: 0, penalty: 0, reflection: 0, length: 1 },
    });
    expect(manifest.pairs.map(({ id }) => id)).toEqual(['p1', 'p2']);
  });

  test('the same pairs in another order give the same bytes, and they read back', () => {
    const text = serializeManifest(createManifest(parts));
    const reordered = { ...parts, pairs: [...parts.pairs].reverse(), reviewers: [...parts.reviewers].reverse() };
    expect(serializeManifest(createManifest(reordered))).toBe(text);
    expect(serializeManifest(parseManifest(text))).toBe(text);
  });

  test.each([
    ['counts that lie', { counts: { pairs: 9, questions: 1, edited: 0, byType: {} } }],
    ['a pair listed twice', { pairs: [pair('p1'), pair('p1')] }],
    ['a hash that is none', { pairs: [pair('p1', { chosenSha256: 'A'.repeat(64) })] }],
  ] as const)('refuses %s', (_name, part) => {
    expect(pairSetManifestSchema.safeParse({ ...createManifest(parts), ...part }).success).toBe(false);
  });
});
