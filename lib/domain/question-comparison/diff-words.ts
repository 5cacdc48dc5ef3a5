import type { TextDiff } from '@/lib/domain/text/word-diff';

export type DiffWords = { readonly shared: number; readonly onlyLeft: number; readonly onlyRight: number };

const countWords = (text: string): number => {
  let count = 0;
  for (const _ of text.matchAll(/\S+/g)) count++;
  return count;
};

/** Words (runs of anything but space) that both texts of a diff share, and that one alone has. */
export const countDiffWords = ({ segments }: TextDiff): DiffWords => {
  const words = { same: 0, removed: 0, added: 0 };
  for (const { kind, text } of segments) words[kind] += countWords(text);
  return { shared: words.same, onlyLeft: words.removed, onlyRight: words.added };
};
