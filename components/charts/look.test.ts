import { expect, test } from 'vitest';
import { formatSlice, type Slice } from '@/lib/domain/slices/slice';
import { lookOf, sliceLooks } from './look';

const one = '00000000-0000-4000-8000-000000000001';
const two = '00000000-0000-4000-8000-000000000002';
const slice = (runId: string, k: number, stage: Slice['stage']): Slice => ({ runId, k, stage });

test('the first eight have a colour each', () => {
  expect(new Set(Array.from({ length: 8 }, (_, at) => lookOf(at).color)).size).toBe(8);
  expect(lookOf(8).color).toBe(lookOf(0).color);
});

test('within one run colour is the iteration, dash and shape the stage', () => {
  const slices = [slice(one, 1, 'grpo'), slice(one, 1, 'dpo'), slice(one, 2, 'grpo')];
  const looks = slices.map((each) => sliceLooks(slices).get(formatSlice(each)));
  expect(looks[0]?.color).toBe(looks[1]?.color);
  expect(looks[0]?.color).not.toBe(looks[2]?.color);
  expect(looks[0]?.shape).toBe(looks[2]?.shape);
  expect(looks[0]?.dash).not.toBe(looks[1]?.dash);
  expect(looks[0]?.shape).not.toBe(looks[1]?.shape);
});

test('of several runs colour is the run', () => {
  const slices = [slice(one, 1, 'eval'), slice(one, 2, 'eval'), slice(two, 1, 'eval')];
  const looks = slices.map((each) => sliceLooks(slices).get(formatSlice(each)));
  expect(looks[0]?.color).toBe(looks[1]?.color);
  expect(looks[0]?.color).not.toBe(looks[2]?.color);
});

test('one more slice at the end changes no other', () => {
  const slices = [slice(one, 1, 'grpo'), slice(one, 2, 'grpo')];
  const before = sliceLooks(slices);
  const after = sliceLooks([...slices, slice(one, 3, 'dpo')]);
  for (const [key, look] of before) expect(after.get(key)).toEqual(look);
});
