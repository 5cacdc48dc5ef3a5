/**
 * How often the longer side wins: of the pairs whose sides differ in length, those whose chosen side is the longer one.
 * Half is no bias. Ties are counted apart, and so are the types that are longer by their rule.
 */
import type { PairType } from '@/lib/domain/pair';
import type { PairCell } from './schema';

/** Whose word it is: the rules', a person's choice, a person's refusal of what the rules chose, a policy's. */
export const pairVoices = ['proposed', 'people', 'refused', 'policy'] as const;
export type PairVoice = (typeof pairVoices)[number];

export type LongerWins = { readonly longer: number; readonly shorter: number; readonly tied: number };

/** Chosen by a rule that asks for the longer side (`length`), or composed of both chains (`reflection`). */
export const longerByRule: readonly PairType[] = ['length', 'reflection'];

const chosen: readonly PairCell['fate'][] = ['kept', 'swapped', 'replaced'];

/** What a voice says of these pairs; null where it says nothing. A refusal is counted by the sides that were refused. */
const saidOf = (cell: PairCell, voice: PairVoice): LongerWins | null => {
  if (voice === 'proposed') return cell.proposed;
  if (voice === 'policy') return cell.decider === 'policy' && chosen.includes(cell.fate) ? cell.now : null;
  if (cell.decider !== 'person') return null;
  return (voice === 'refused') === (cell.fate === 'rejected') ? cell.now : null;
};

/** The sum of what a voice says of these types. */
export const longerWins = (cells: readonly PairCell[], voice: PairVoice, types: readonly PairType[]): LongerWins => {
  const sum = { longer: 0, shorter: 0, tied: 0 };
  for (const cell of cells) {
    const said = types.includes(cell.type) ? saidOf(cell, voice) : null;
    if (!said) continue;
    sum.longer += said.longer;
    sum.shorter += said.shorter;
    sum.tied += said.tied;
  }
  return sum;
};

/** Pairs that compare no two rollouts, since a side is composed or edited, as a voice has them. */
export const countIncomparable = (cells: readonly PairCell[]): number =>
  cells.reduce((sum, { pairs, proposed: { longer, shorter, tied } }) => sum + pairs - longer - shorter - tied, 0);
