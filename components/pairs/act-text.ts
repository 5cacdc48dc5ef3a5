/** How acts on pairs read. */
import type { PairAction, PairState, PairType } from '@/lib/domain/pair';

const done: Record<PairAction, string> = {
  approve: 'Approved',
  reject: 'Rejected',
  swap: 'Swapped the sides',
  skip: 'Skipped: it comes again at the end of the queue',
  replace_chosen: 'Chose another sample as chosen',
  replace_rejected: 'Chose another sample as rejected',
  edit: 'Edited',
  undo: 'Undid',
};
const nouns: Record<PairAction, string> = {
  approve: 'approval',
  reject: 'rejection',
  swap: 'swap',
  skip: 'skip',
  replace_chosen: 'choice of another chosen sample',
  replace_rejected: 'choice of another rejected sample',
  edit: 'edit',
  undo: 'undo',
};

/** What an act did, in a word or a sentence. */
export const actSays = (action: PairAction): string => done[action];
/** What an undo took back. */
export const undoneSays = (action: PairAction): string => `Took your ${nouns[action]} back`;

export const typeNames: Record<PairType, string> = {
  accuracy: 'Accuracy',
  consistency: 'Consistency',
  penalty: 'Penalty',
  reflection: 'Reflection',
  length: 'Length',
};

export const stateNames: Record<PairState, string> = {
  proposed: 'Undecided',
  approved: 'Approved',
  rejected: 'Rejected',
};
