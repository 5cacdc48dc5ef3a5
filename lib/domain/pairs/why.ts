/** The sentence beside a pair: the facts that made the rule propose it. */
import type { PairType } from '@/lib/domain/pair';
import type { QuestionCore } from '@/lib/domain/question';
import type { PairCandidate } from './candidate';

const MAX_QUOTE = 48;

/** One line of at most `MAX_QUOTE` characters; model text may hold anything. */
const quote = (text: string): string => {
  // Cut before the spaces are folded, so that a huge answer costs nothing.
  const line = text
    .slice(0, MAX_QUOTE * 8)
    .trim()
    .replace(/\s+/g, ' ');
  const points = Array.from(line);
  return points.length <= MAX_QUOTE
    ? line
    : `${points
        .slice(0, MAX_QUOTE - 1)
        .join('')
        .trimEnd()}…`;
};

const answerOf = ({ answer }: PairCandidate): string | undefined => {
  const text = answer === null ? '' : quote(answer);
  return text === '' ? undefined : text;
};

const answers = (candidate: PairCandidate): string => {
  const answer = answerOf(candidate);
  return answer === undefined
    ? `sample ${candidate.sample} gives no answer`
    : `sample ${candidate.sample} answers ${answer}`;
};

const faultsOf = ({ standing }: PairCandidate): string => {
  const faults = [
    standing.lengthClass === 'cut_off' ? 'was cut off' : undefined,
    // A cut-off response cannot be well formed: saying so twice helps nobody.
    !standing.wellFormed && standing.lengthClass !== 'cut_off' ? 'does not keep the think and answer form' : undefined,
    standing.repetitive ? 'repeats itself' : undefined,
  ].filter((fault) => fault !== undefined);
  return faults.join(' and ');
};

const consistencyWhy = (good: PairCandidate, bad: PairCandidate): string => {
  const answer = answerOf(good);
  const both =
    answer !== undefined && answer === answerOf(bad) ? `Both answer ${answer} correctly` : 'Both answer correctly';
  const concluded = bad.concluded === null ? '' : quote(bad.concluded);
  return concluded === ''
    ? `${both}, but sample ${bad.sample}'s thinking does not support its answer.`
    : `${both}, but sample ${bad.sample}'s thinking concludes ${concluded}.`;
};

const lengthWhy = (good: PairCandidate, bad: PairCandidate): string => {
  const times = bad.thinkTokens > 0 ? `, ${(good.thinkTokens / bad.thinkTokens).toFixed(1)} times as many` : '';
  return `Both are good, but sample ${good.sample} thinks for ${good.thinkTokens} tokens and sample ${bad.sample} for ${bad.thinkTokens}${times}.`;
};

const reflectionWhy = (good: PairCandidate, bad: PairCandidate): string =>
  `The chosen text starts with the thinking of sample ${bad.sample}, which leads to ${answerOf(bad) ?? 'no answer'}, doubts it, and goes on with the thinking of sample ${good.sample} to the correct ${answerOf(good) ?? 'answer'}.`;

const accuracyWhy = (question: QuestionCore, good: PairCandidate, bad: PairCandidate): string => {
  const truth = quote(question.truth);
  const right = answers(good);
  return `${right.charAt(0).toUpperCase()}${right.slice(1)}, which is correct${
    truth === '' || truth === answerOf(good) ? '' : ` (${truth})`
  }, and ${answers(bad)}.`;
};

/** One sentence that says why `good` is preferred to `bad` under the rule of `type`. */
export const whyOf = (type: PairType, question: QuestionCore, good: PairCandidate, bad: PairCandidate): string => {
  switch (type) {
    case 'accuracy':
      return accuracyWhy(question, good, bad);
    case 'consistency':
      return consistencyWhy(good, bad);
    case 'penalty':
      return `Sample ${good.sample} is good in every check, but sample ${bad.sample} ${faultsOf(bad)}.`;
    case 'reflection':
      return reflectionWhy(good, bad);
    case 'length':
      return lengthWhy(good, bad);
  }
};
