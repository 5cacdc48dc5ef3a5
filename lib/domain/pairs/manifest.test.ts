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

  test.each([
    ['no number', Number.NaN, 'JSON has no number NaN'],
    ['a number without end', Number.NEGATIVE_INFINITY, 'JSON has no number -Infinity'],
  ])('refuses what JSON cannot say: %s', (_name, value, message) => {
    expect(() => canonicalJson({ a: [value] })).toThrow(new TypeError(message));
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

  test('questions are counted once, edits each', () => {
    const pairs = [pair('p1', { edited: true }), pair('p2', { questionId: 'q2', edited: true }), pair('p3')];
    expect(createManifest({ ...parts, pairs }).counts).toMatchObject({ pairs: 3, questions: 2, edited: 2 });
  });

  test('reviewers are sorted by id', () => {
    expect(createManifest(parts).reviewers.map(({ id }) => id)).toEqual(['u1', 'u2']);
  });

  test('ids sort by their UTF-16 units, as in every other place that hashes them', () => {
    const pairs = ['p10', 'p9', 'P9', 'é', 'p1'].map((id) => pair(id));
    expect(createManifest({ ...parts, pairs }).pairs.map(({ id }) => id)).toEqual(['P9', 'p1', 'p10', 'p9', 'é']);
  });

  test('a set without pairs is one', () => {
    expect(createManifest({ ...parts, pairs: [] }).counts).toMatchObject({ pairs: 0, questions: 0, edited: 0 });
  });

  test.each([
    ['a pair listed twice', { pairs: [pair('p1'), pair('p1')] }, ['pairs: A pair is listed twice']],
    [
      'counts that lie',
      { counts: { ...createManifest(parts).counts, edited: 0 } },
      ['counts: The counts do not match the pairs'],
    ],
  ])('says what is wrong with %s', (_name, part, faults) => {
    const { error } = pairSetManifestSchema.safeParse({ ...createManifest(parts), ...part });
    const said = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
    expect(said).toEqual(expect.arrayContaining(faults));
  });

  test('what is no manifest throws', () => {
    expect(() => parseManifest('{')).toThrow(SyntaxError);
    expect(() => parseManifest('{}')).toThrow(/format/);
  });

  test.each([
    ['counts that lie', { counts: { pairs: 9, questions: 1, edited: 0, byType: {} } }],
    ['a pair listed twice', { pairs: [pair('p1'), pair('p1')] }],
    ['a hash that is none', { pairs: [pair('p1', { chosenSha256: 'A'.repeat(64) })] }],
  ] as const)('refuses %s', (_name, part) => {
    expect(pairSetManifestSchema.safeParse({ ...createManifest(parts), ...part }).success).toBe(false);
  });
});
