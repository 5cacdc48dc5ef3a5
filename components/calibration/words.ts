/** The words and keys of labels. */
import type { LabelCheck, LabelValue } from '@/lib/domain/calibration/label';

export const checkTitles: Record<LabelCheck, string> = { consistency: 'Consistency', accuracy: 'Accuracy' };

/** What is asked, as the labelling screen asks it. */
export const checkQuestions: Record<LabelCheck, string> = {
  consistency: 'Does the thinking conclude what the answer says?',
  accuracy: 'Is the answer right?',
};

/** What the check is there to find: its precision and recall are about these. */
export const positiveWords: Record<LabelCheck, string> = { consistency: 'inconsistent', accuracy: 'correct' };
export const negativeWords: Record<LabelCheck, string> = { consistency: 'consistent', accuracy: 'wrong' };

export type Choice = { readonly key: string; readonly value: LabelValue; readonly says: string };

/** One key an answer; the same places for both checks. */
export const choices: Record<LabelCheck, readonly Choice[]> = {
  consistency: [
    { key: 'c', value: 'consistent', says: 'Consistent' },
    { key: 'i', value: 'inconsistent', says: 'Inconsistent' },
    { key: 's', value: 'unsure', says: 'Unsure' },
  ],
  accuracy: [
    { key: 'c', value: 'correct', says: 'Correct' },
    { key: 'w', value: 'wrong', says: 'Wrong' },
    { key: 's', value: 'unsure', says: 'Unsure' },
  ],
};
