/** English phrases that state a conclusion. Every pattern is bounded, so that a text of nothing but cues stays linear. */
import { allFrom, before, behind, type Cue, cueAt, matchFrom } from './cue';
import { letterCues } from './letter-cues';

const answerPattern =
  /\b(?:ans|answers?|option|choice|solution|guess|response)\b([^.\n!?:：=]{0,60}?)(?:\b(is|are|was|remains|(?:would|should|must|will|has to|can only|could|might|may|can)(?:\s+(?:therefore|thus|then|also|indeed|likely|probably|only))?\s+be)\b|(?::|：|=))/gi;
const boxedPattern = /\\boxed\s?\{/g;
const negativeBefore =
  /(?:\b(?:incorrect|wrong|no|other|another|each|every|any|which|what|whether|if|not the|a|an|of the|neither|initial|previous|earlier|first|alternative|tempting|proposed|claimed|his|her|their|(?:student|pupil|user|friend|reader|viewer)s?['’]s?)\s+(?:the\s+)?(?:correct\s+|right\s+|possible\s+)?)$/i;
const hedgedVerb = /^(?:could|might|may|can(?! only))\b/i;

/** Adds the English cues of `text` from an offset on, in no order. */
export const addEnglishCues = (text: string, from: number, cues: Cue[]): void => {
  for (let match = matchFrom(answerPattern, text, from); match; ) {
    match = matchFrom(answerPattern, text, addAnswer(text, match, cues));
  }
  if (text.includes('\\boxed', from)) {
    for (const match of allFrom(boxedPattern, text, from)) cues.push(cueAt(match.index, behind(match)));
  }
  for (const cue of letterCues(text, from)) {
    // "…, which matches option C" is a relative clause, no question.
    if (cue.strength === 1 || !isNegated(text, cue.start)) cues.push(cue);
  }
};

const isNegated = (text: string, start: number): boolean => negativeBefore.test(before(text, start, 24));

/** Adds the cue of "the answer … is", and says where to go on looking. */
const addAnswer = (text: string, match: RegExpExecArray, cues: Cue[]): number => {
  const middle = match[1] ?? '';
  // `Option J: …` and `Answer choices: …` restate; `the option that matches is …` concludes.
  const restates = /^\s*(?:[("*]{0,3}[A-Z]\b|(?:choices|options)\b)/.test(middle);
  const denies = /\b(?:not|cannot|never)\b|n['’]t\b/.test(middle);
  const isTentative = hedgedVerb.test(match[2] ?? '') || /\b(?:might|could|may|perhaps|maybe)\b/i.test(middle);
  if (!restates && !denies && !isNegated(text, match.index)) {
    cues.push(cueAt(match.index, behind(match), { isTentative }));
  }
  return restates || denies || isTentative ? match.index + 6 : behind(match);
};
