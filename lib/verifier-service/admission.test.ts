import { expect, test } from 'vitest';
import { createAdmission } from './admission';

test('so many requests are inside, and one that left makes room', () => {
  const admission = createAdmission({ maxInFlight: 2, maxBytes: 100 });
  const first = admission.enter();
  admission.enter();
  expect(() => admission.enter()).toThrow(expect.objectContaining({ code: 'unavailable' }));
  first.leave();
  expect(admission.inFlight()).toBe(1);
  admission.enter();
});

test('so many bytes are held by all together, and are free again when their request has left', () => {
  const admission = createAdmission({ maxInFlight: 9, maxBytes: 100 });
  const [one, other] = [admission.enter(), admission.enter()];
  one.hold(60);
  other.hold(40);
  expect(() => other.hold(1)).toThrow(expect.objectContaining({ code: 'unavailable' }));
  other.leave();
  one.hold(40);
  one.leave();
  admission.enter().hold(100);
});

test('nobody enters a door that is shut; who is inside stays', () => {
  const admission = createAdmission({ maxInFlight: 9, maxBytes: 100 });
  const inside = admission.enter();
  admission.shut();
  expect(() => admission.enter()).toThrow(expect.objectContaining({ code: 'unavailable' }));
  inside.hold(100);
  expect([admission.isShut(), admission.inFlight()]).toEqual([true, 1]);
});
