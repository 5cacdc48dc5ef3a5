import { expect, test } from 'vitest';
import { projectNameSchema, tokenNameSchema } from '@/lib/domain/settings';
import { storableString } from './storable';

test.each([
  ['words', 'vm, 視频 🎬', true],
  ['markup is text', '<img onerror=x>', true],
  ['NUL', 'a\0b', false],
  ['half a pair', 'a\ud800', false],
])('%s', (_name, text, fine) => {
  for (const schema of [storableString(), projectNameSchema, tokenNameSchema]) {
    expect(schema.safeParse(text).success).toBe(fine);
  }
});
