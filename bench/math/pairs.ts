/**
 * Made-up mathematical answers whose equality is known: each class writes a value in two ways, or two values that are
 * near misses of one another. Half of each class is equal.
 */

import { seededRandom } from '@/bench/random';
import { algebraClasses } from './algebra-classes';
import type { Write } from './class-parts';
import { numberClasses } from './number-classes';
import { rareClasses } from './rare-classes';
import { shapeClasses } from './shape-classes';

export type MathPair = {
  readonly class: string;
  readonly truth: string;
  readonly answer: string;
  /** Whether the two say the same; null for real answers, which nobody has labelled. */
  readonly equal: boolean | null;
};

/** How many pairs of an ordinary class stand for one of a form that the other program does not read. */
const RARE = 5;

/** Pairs of every class, half of them equal; the same for the same count and seed. */
export const madeUpMathPairs = (perClass: number, seed: number): readonly MathPair[] => {
  const random = seededRandom(seed);
  const draw = (classes: Readonly<Record<string, Write>>, count: number): readonly MathPair[] =>
    Object.entries(classes).flatMap(([name, write]) =>
      Array.from({ length: count }, (_, at) => {
        const equal = at % 2 === 0;
        const [truth, answer] = write(random, equal);
        return { class: name, truth, answer, equal };
      }),
    );
  return [
    ...draw({ ...numberClasses, ...algebraClasses, ...shapeClasses }, perClass),
    ...draw(rareClasses, Math.ceil(perClass / RARE)),
  ];
};
