/** Which flips are listed, and from where on: the part of an address that says so. */
import { z } from 'zod';
import { formatSlice, parseSlice, type Slice } from '@/lib/domain/slices/slice';
import { aspectSchema, outcomeSchema } from './outcome';

export const flipsAskedSchema = z.object({
  aspect: aspectSchema,
  from: outcomeSchema,
  to: outcomeSchema,
});
export type FlipsAsked = z.infer<typeof flipsAskedSchema>;

/** Which count of flips a page has open: of which slice against the baseline, and which. */
export type FlipPlace = FlipsAsked & { readonly other: Slice };

/** In an address: `flip=<slice>~accuracy~fails~holds`. */
export const formatFlipPlace = ({ other, aspect, from, to }: FlipPlace): string =>
  [formatSlice(other), aspect, from, to].join('~');

/** Null for what is none. */
export const parseFlipPlace = (text: string | null): FlipPlace | null => {
  const [slice = '', aspect, from, to, ...rest] = (text ?? '').split('~');
  const other = parseSlice(slice);
  const asked = flipsAskedSchema.safeParse({ aspect, from, to });
  return other && asked.success && rest.length === 0 ? { ...asked.data, other } : null;
};

/** The last row of the page before: how far it moved, and its question. */
export type FlipCursor = { readonly moved: number; readonly questionId: string };

export const formatFlipCursor = ({ moved, questionId }: FlipCursor): string => `${moved}~${questionId}`;

const cursorSchema = z.tuple([
  z
    .string()
    .regex(/^\d(\.\d{1,20})?(e-\d{1,3})?$/)
    .transform(Number),
  z.uuid(),
]);

/** Undefined for what is no cursor: the list begins anew. */
export const parseFlipCursor = (text: string | null): FlipCursor | undefined => {
  const parsed = cursorSchema.safeParse(text?.split('~'));
  return parsed.success ? { moved: parsed.data[0], questionId: parsed.data[1] } : undefined;
};
