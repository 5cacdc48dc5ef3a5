/** A conclusion that somebody else found, a judge for one, against the answer: by the same comparators as the rules. */
import type { Consistency } from '@/lib/domain/verdict';
import { readChoice } from '@/lib/domain/verifier/choice';
import type { PreparedQuestion } from '@/lib/domain/verifier/prepared-question';
import { type Agreement, agree } from './agreement';

/** What judges write for "it concludes nothing". */
const nothing = /^\W*(?:none|nothing|unknown|undetermined|unclear|uncertain|null|n\/?a|no (?:conclusion|answer))\W*$/i;

/**
 * Whether a rollout's `answer` says what its thinking `concluded`: a letter or an option's text for `choice`, else a
 * value as written. `undetermined` when either names nothing, several things, or what cannot be compared. Never throws.
 */
export const compareConcluded = (concluded: string, answer: string, question: PreparedQuestion): Consistency => {
  const [stated, answered] = [concluded.trim(), answer.trim()];
  if (stated === '' || answered === '') return 'undetermined';
  if (question.kind === 'choice') return compareOptions(stated, answered, question);
  const agreement = agree(stated, answered, question.kind);
  return agreement === 'different' && nothing.test(stated) ? 'undetermined' : asConsistency[agreement];
};

const asConsistency: Readonly<Record<Agreement, Consistency>> = {
  same: 'consistent',
  different: 'inconsistent',
  unclear: 'undetermined',
};

const compareOptions = (concluded: string, answer: string, question: PreparedQuestion): Consistency => {
  const [stated, answered] = [readChoice(concluded, question), readChoice(answer, question)];
  if (stated.letter === null || answered.letter === null) return 'undetermined';
  return sameOption(stated.letter, answered.letter, question) ? 'consistent' : 'inconsistent';
};

/** Whether two letters name the same option: one letter, or two options of the same text. */
export const sameOption = (a: string, b: string, { optionWords }: PreparedQuestion): boolean => {
  const text = optionWords[a.charCodeAt(0) - 65];
  return a === b || (text !== undefined && text !== '' && text === optionWords[b.charCodeAt(0) - 65]);
};
