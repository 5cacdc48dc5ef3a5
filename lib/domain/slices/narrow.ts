/** What narrows all slices of a page alike, and the address of slices so narrowed. */
import { z } from 'zod';
import { type Kind, kindSchema, kinds } from '@/lib/domain/question';
import { formatSlice, type Slice } from './slice';

/** Question sets and kinds, under the names of the list of rollouts; an empty list leaves all of them. */
export type Narrow = { readonly set: readonly string[]; readonly kind: readonly Kind[] };

export const wholeSlices: Narrow = { set: [], kind: [] };

/** An address names no more sets than this. */
const MOST_SETS = 50;

/** The `set` and `kind` of an address; what is no id and no kind is dropped, sets come out sorted and once. */
export const parseNarrow = (params: URLSearchParams): Narrow => {
  const sets = params.getAll('set').flatMap((text) => {
    const parsed = z.uuid().safeParse(text);
    return parsed.success ? [parsed.data.toLowerCase()] : [];
  });
  const asked = new Set(params.getAll('kind').flatMap((text) => kindSchema.safeParse(text).data ?? []));
  return { set: [...new Set(sets)].sort().slice(0, MOST_SETS), kind: kinds.filter((kind) => asked.has(kind)) };
};

/** `slice=…&slice=…&set=…&kind=…`, in the order of the slices. */
export const formatSlices = (slices: readonly Slice[], { set, kind }: Narrow = wholeSlices): URLSearchParams =>
  new URLSearchParams([
    ...slices.map((slice) => ['slice', formatSlice(slice)]),
    ...set.map((id) => ['set', id]),
    ...kind.map((name) => ['kind', name]),
  ]);
