/** What the classes of made-up mathematical answers share. */
import type { Random } from '@/bench/random';

/** Writes a pair, truth first. A class decides itself what a near miss is. */
export type Write = (random: Random, equal: boolean) => readonly [truth: string, answer: string];

/** One of several rows of strings. */
export const oneOf = <Row extends readonly [string, string, string?]>(
  random: Random,
  rows: readonly [Row, ...Row[]],
): Row => random.pick<Row>(rows);
export const oneString = (random: Random, strings: readonly [string, ...string[]]): string =>
  random.pick<string>(strings);

export const frac = (a: number | string, b: number | string): string => `\\frac{${a}}{${b}}`;
export const apart = (random: Random, from: number, to: number, other: number): number => {
  const value = random.whole(from, to);
  return value === other ? value + 1 : value;
};
export const thousands = (value: number, mark: string): string => String(value).replace(/\B(?=(\d{3})+$)/g, mark);
export const matrix = (cells: readonly number[], name: string): string =>
  `\\begin{${name}}${cells[0]} & ${cells[1]} \\\\ ${cells[2]} & ${cells[3]}\\end{${name}}`;
export const shuffled = (random: Random, items: readonly string[]): string[] =>
  items
    .map((item) => [random.next(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
export const signed = (value: number): string => (value < 0 ? `- ${-value}` : `+ ${value}`);
/** So many different whole numbers. */
export const distinct = (random: Random, count: number): number[] => {
  const found = new Set<number>();
  while (found.size < count) found.add(random.whole(-20, 40));
  return [...found];
};
