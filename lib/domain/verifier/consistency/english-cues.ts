/** English phrases that state a conclusion. Every pattern is bounded, so that a text of nothing but cues stays linear. */
import { type AddCue, behind, scan } from './cue';

const answerPattern =
  /\b(?:answers?|option|choice|solution|guess|response)\b([^.\n!?:：=]{0,60}?)(?:\b(is|are|was|would be|should be|must be|will be|has to be|can only be|could be|might be|may be|can be|remains)\b|(?::|：|=))/gi;
/** A heading, and the answer on a line of its own. */
const headingPattern = /\banswer[*:#\s]{0,8}\n\s{0,4}(?=[("*]{0,4}[A-Z][)"*.:]{0,4}(?:\s|$))/gi;
const boxedPattern = /\\boxed\s?\{/g;
const ends = '[)"*]{0,3}(?:[.!,;\\n]|$|\\s+(?:because|since|as)\\b)';
const letterAhead = `(?:[Oo]ption\\s+|[Cc]hoice\\s+)?[("*]{0,3}[A-Z]${ends}`;
const choosePattern = new RegExp(
  `\\b(?:[Cc]hoose|chose|[Cc]hoosing|[Ss]elect|[Ss]electing|selected|[Pp]ick|[Pp]icking|go with|[Gg]oing with|opt for|settle on)\\s+(?:the\\s+)?(?:answer\\s+|choice\\s+)?(?=${letterAhead}|option\\s+[("*]{0,3}[A-Z]\\b)`,
  'g',
);
const optionPattern = /\b(?:option|choice|answer)\s+(?=[("*]{0,3}[A-Z]\b)/gi;
const fitBefore =
  /\b(?:corresponds?|corresponding|match(?:es|ing|ed)?|closest|aligns?|aligned|fits?|consistent|represent(?:s|ed)|given|leads?|points?|agrees?|equivalent|is|in|as|by)\s+(?:to\s+|with\s+|is\s+|by\s+)?(?:the\s+)?(?:answer\s+|correct\s+|closest\s+)?$/i;
const praise = '(?:correct|right|best|appropriate|accurate|likely|plausible)';
const filler =
  '(?:(?:therefore|thus|indeed|likely|clearly|definitely|also|still|probably|the|only|most|best|single|logically)\\s+){0,4}';
const soPattern = new RegExp(
  `\\b(?:so|thus|therefore|hence|consequently|finally|overall|in conclusion|in summary|actually|clearly|obviously|definitely|concludes?(?: that)?|means(?: that)?|no|yes|(?:makes|making) it|leaves|leaving|left with|only)\\b[,:]?\\s+(?:(?:it is|it's|it must be|it should be|that is|that's|this is|we choose|we select|we pick|i choose|i'll choose|i'll go with|i pick|i'd say|i say|us with|us|only|just)\\s+)?(?=(?:option\\s+|choice\\s+)?[("*]{0,3}[A-Z](?:${ends}|[)"*]{0,3}\\s+(?:(?:is|was|must be)\\s+${filler}(?:${praise}|answer)|it is|remains|is left)\\b))`,
  'gi',
);
const itPattern = new RegExp(
  `\\b(?:[Ii]t|[Tt]hat|[Tt]his)\\s+(?:must be|has to be|can only be)\\s+(?:indeed\\s+)?(?=${letterAhead})|\\b(?:but|and|then|think|believe|say|conclude|actually|no|is)[,:]?\\s+(?:that\\s+)?(?:it's|it is)\\s+(?:actually\\s+|really\\s+)?(?=${letterAhead})`,
  'g',
);
const perhapsPattern = new RegExp(
  `\\b(?:[Ii]t|[Tt]hat|[Tt]his)\\s+(?:could|might|may)\\s+(?:also\\s+|well\\s+|still\\s+)?be\\s+(?=${letterAhead})`,
  'g',
);
const notButPattern = /\bnot\s+(?:[Oo]ption\s+)?[("*]{0,3}[A-Z][)"*]{0,3},?\s+but\s+(?:rather\s+|it is\s+|it's\s+)?/g;
/** `B is the correct answer`; the letter comes first, so that the scan stops at capitals only. */
const reversedPattern = new RegExp(
  `[A-Z](?<![\\p{L}\\d'’\\\\_^{-][A-Z])(?=[)"*.:]{0,3}\\s+(?:[^.\\n]{0,80}?,\\s+)?(?:it is[.!]|(?:is|seems|appears to be|must be|would be|should be)\\s+${filler}(?:${praise}\\s+(?:answer|option|choice|one)\\b|(answer)\\b|((?:correct|right)(?:[.!,;]|$|\\s+(?:because|since|as)\\b)))))`,
  'gu',
);
const adjacentPattern =
  /\b(?:correct|right|final|best)\s+(?:answer|option|choice)\s+(?=[("*]{0,3}[A-Z][)"*]{0,3}(?:[.,;\n]|$))/g;
/** Nothing but a letter on the last line. */
const lastLinePattern = /(?:^|\n)[ \t]{0,8}(?=(?:\*\*|[("[])?[A-Z](?:\*\*|[)"\].]){0,3}\s*$)/g;
const LAST_LINE_REACH = 40;

const negativeBefore =
  /(?:\b(?:incorrect|wrong|no|other|another|each|every|any|which|what|whether|if|not the|a|an|of the|neither|initial|previous|earlier|alternative|tempting)\s+(?:the\s+)?(?:correct\s+|right\s+|possible\s+)?)$/i;
/** `point A is the right one` names no option; behind one of these, or behind a mark, a letter does. */
const beforeLetter =
  /^(?:option|choice|answer|letter|so|thus|therefore|hence|then|that|and|but|with|because|since|only|actually|is|clearly|indeed|think|believe|say|conclude|while|as)$/i;
const hedgedVerb = /^(?:could|might|may|can) be$/i;

/** Adds the English cues of `text` from an offset on, in no order. */
export const addEnglishCues = (text: string, from: number, add: AddCue): void => {
  const addUnlessNegated: AddCue = (start, valueAt, traits) => {
    if (!negativeBefore.test(text.slice(Math.max(0, start - 24), start))) add(start, valueAt, traits);
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
  const letterOnly = { letterOnly: true } as const;
  const addBehind = (match: RegExpExecArray): void => addUnlessNegated(match.index, behind(match), letterOnly);
  scan(headingPattern, text, from, addBehind);
  if (text.includes('\\boxed', from)) scan(boxedPattern, text, from, (match) => add(match.index, behind(match)));
  for (const pattern of [choosePattern, soPattern, itPattern, notButPattern, adjacentPattern]) {
    scan(pattern, text, from, addBehind);
  }
  scan(perhapsPattern, text, from, (match) => add(match.index, behind(match), { letterOnly: true, isTentative: true }));
  scan(lastLinePattern, text, Math.max(from, text.length - LAST_LINE_REACH), addBehind);
  scan(reversedPattern, text, from, (match) => {
    const word = /(\p{L}+)\s+[("*]{0,3}$/u.exec(text.slice(Math.max(0, match.index - 20), match.index))?.[1];
    const names = word === undefined || beforeLetter.test(word);
    // "B is correct" may speak of a statement B; "B is the correct answer" does not.
    if (names) addUnlessNegated(match.index, match.index, { letterOnly: true, strength: match[2] ? 1 : 2 });
  });
  scan(optionPattern, text, from, (match) => {
    const verb = fitBefore.exec(text.slice(Math.max(0, match.index - 40), match.index));
    if (verb) add(match.index - verb[0].length, behind(match), { letterOnly: true, strength: 1 });
  });
};
