/** Amounts in sentences. One locale on purpose, as on the whole screen: figures are compared with papers and logs. */

const grouped = new Intl.NumberFormat('en-US');

/** 12,345 */
export const formatCount = (value: number): string => grouped.format(value);

/** `1 pair`, `1,200 pairs`: for nouns whose plural is an s. */
export const counted = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
