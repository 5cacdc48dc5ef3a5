import 'server-only';
/** How many comparisons are worked out at once. Slots of different kinds are entered in one order: no circles. */
import { createSlots } from '@/lib/data/slots';

/** Differences with their intervals: those of everything may take a second of one core. */
export const changeSlot = createSlots({
  atOnce: 2,
  inLine: 40,
  busy: 'Other comparisons are being worked out: try again in a moment',
});

/** A page of flips reads as many sums as a comparison, but draws nothing: it need not wait for those that do. */
export const flipSlot = createSlots({
  atOnce: 2,
  inLine: 100,
  busy: 'Other lists of flips are being worked out: try again in a moment',
});
