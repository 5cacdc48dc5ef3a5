import type { TextDiff } from '@/lib/domain/text/word-diff';

export type DiffWords = { readonly shared: number; readonly onlyLeft: number; readonly onlyRight: number };

const countWords = (text: string): number => {
  let count = 0;
  for (const _ of text.matchAll(/[\p{L}\p{N}]+/gu)) count++;
  return count;
};

/**
 * Words that both texts of a diff share, and that one alone has. A word is a run of letters and digits: a diff cuts at the
 * signs between them.
 */
export const countDiffWords = ({ segments }: TextDiff): DiffWords => {
  const words = { same: 0, removed: 0, added: 0 };
  for (const { kind, text } of segments) words[kind] += countWords(text);
  return { shared: words.same, onlyLeft: words.removed, onlyRight: words.added };
};
