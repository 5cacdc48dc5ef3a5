/** English phrases that state a conclusion. Every pattern is bounded, so that a text of nothing but cues stays linear. */
import { type AddCue, behind, scan } from './cue';
import { addLetterCues } from './letter-cues';

const answerPattern =
  /\b(?:ans|answers?|option|choice|solution|guess|response)\b([^.\n!?:：=]{0,60}?)(?:\b(is|are|was|remains|(?:would|should|must|will|has to|can only|could|might|may|can)(?:\s+(?:therefore|thus|then|also|indeed|likely|probably|only))?\s+be)\b|(?::|：|=))/gi;
const boxedPattern = /\\boxed\s?\{/g;
const negativeBefore =
  /(?:\b(?:incorrect|wrong|no|other|another|each|every|any|which|what|whether|if|not the|a|an|of the|neither|initial|previous|earlier|first|alternative|tempting|proposed|claimed|his|her|their|\w+['’]s)\s+(?:the\s+)?(?:correct\s+|right\s+|possible\s+)?)$/i;
const hedgedVerb = /^(?:could|might|may|can(?! only))\b/i;

/** Adds the English cues of `text` from an offset on, in no order. */
export const addEnglishCues = (text: string, from: number, add: AddCue): void => {
  const addUnlessNegated: AddCue = (start, valueAt, traits) => {
    // "…, which matches option C" is a relative clause, no question.
    const isNegated = traits?.strength !== 1 && negativeBefore.test(text.slice(Math.max(0, start - 24), start));
    if (!isNegated) add(start, valueAt, traits);
  };
  scan(answerPattern, text, from, (match) => {
    const middle = match[1] ?? '';
    // `Option J: …` and `Answer choices: …` restate; `the option that matches is …` concludes.
    const restates = /^\s*(?:[("*]{0,3}[A-Z]\b|(?:choices|options)\b)/.test(middle);
    const isHedged = hedgedVerb.test(match[2] ?? '') || /\b(?:might|could|may|perhaps|maybe)\b/i.test(middle);
    const isNegated = /\b(?:not|cannot|never)\b|n['’]t\b/.test(middle);
    if (!restates && !isNegated) addUnlessNegated(match.index, behind(match), { isTentative: isHedged });
    if (restates || isNegated || isHedged) answerPattern.lastIndex = match.index + 6;
  });
  if (text.includes('\\boxed', from)) scan(boxedPattern, text, from, (match) => add(match.index, behind(match)));
  addLetterCues(text, from, addUnlessNegated);
};
