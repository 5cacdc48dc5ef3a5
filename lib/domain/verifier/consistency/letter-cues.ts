/**
 * English statements around a single letter: "so B", "I choose B", "B is correct". The letters are found first, since
 * there are few, and the phrases are looked for beside each.
 */
import { allFrom, type Cue, cueAt } from './cue';

/** A capital by itself, or a small letter in brackets or bold. */
const letterPattern =
  /[A-Z](?<![A-Za-z\d\u00c0-\u04ff'’\\_^{-][A-Z])(?![A-Za-z\d\u00c0-\u04ff'’_^])|[(*][a-z](?=[)*])/g;
const LEAD_REACH = 64;
const AHEAD_REACH = 120;

const verbs = 'choos(?:e|ing)|chose|select(?:ing|ed)?|pick(?:ing)?|go(?:ing)? with|opt(?:ing)? for|settl(?:e|ing) on';
/** Who chooses: `players choose A` is told, `I choose A` concludes. */
const choosers =
  "(?:\\b(?:i|we|let's|let us|must|should|to|i'll|we'll|i'd|we'd|can|so|thus|therefore|hence)\\b,?\\s+(?:(?:will|would|must|should|can|have to|has to|am|are|going to)\\s+){0,2}|^\\s*|[.,;:!\\n]\\s*)";
const openers =
  'so|thus|therefore|hence|consequently|overall|in conclusion|in summary|actually,|clearly,?|obviously,?|definitely|concludes?(?: that)?|no,|yes,|mak(?:es|ing) it|left with|(?:that|this|which|it) leaves|(?:eliminat|rul|exclud|reject)\\w{1,4}\\s[^.\\n]{1,40}\\sleav(?:es|ing)';
const subjects =
  "it is|it's|it must be|it should be|that is|that's|this is|we choose|we select|we pick|i choose|i'll choose|i'll go with|i pick|i'd say|i say|us with|us|only|just";
const fits =
  "corresponds?|corresponding|match(?:es|ing|ed)?|closest|aligns?|aligned|fits?|consistent|represent(?:s|ed)|given|leads?|points?|agrees?|equivalent|is|in|as|by|that's|it's";

/** What may stand before the letter; `mark` is read with the letter. */
const leadPattern = new RegExp(
  `(?:${[
    `(?<chooses>${choosers}(?:${verbs})\\s+(?:the\\s+)?(?:answer\\s+|choice\\s+)?)`,
    `(?<states>\\b(?:i|we)(?:['’]d|['’]ll| would| will| can)?\\s+(?:answer|say|guess|conclude)\\s+|\\bonly\\s+(?:\\w+\\s+){0,2}(?:possibility|candidate|one)(?:\\s+left)?\\s+is\\s+|\\b(?:${openers})[,:]?\\s+(?:(?:${subjects})\\s+)?|\\b(?:it|that|this)\\s+(?:must|has to|can only) be\\s+(?:indeed\\s+)?|\\b(?:but|and|then|think|believe|say|conclude|actually|no|finally|means)[,:]?\\s+(?:that\\s+)?(?:it's|it is)\\s+(?:actually\\s+|really\\s+)?|\\bnot\\s+(?:option\\s+)?[("*]{0,3}[A-Z][)"*]{0,3},?\\s+(?:but\\s+(?:rather\\s+)?(?:it is\\s+|it's\\s+)?|it is\\s+|it's\\s+))`,
    '(?<guesses>\\b(?:it|that|this)\\s+(?:could|might|may)\\s+(?:(?:also|well|still)\\s+)?be\\s+)',
    '(?<remains>\\bonly\\s+)',
    '(?<names>\\b(?:correct|right|final|best)\\s+(?:answer|option|choice)\\s+|\\banswer[*:#\\s]{0,8}\\n\\s{0,4})',
    `(?<fits>\\b(?:${fits})\\s+(?:to\\s+|with\\s+|is\\s+|by\\s+)?(?:the\\s+)?(?:answer\\s+|correct\\s+|closest\\s+)?)`,
  ].join('|')})(?<mark>(?:(?:option|choice|answer)\\s+)?[("*]{0,4})$`,
  'i',
);

const ends = /^[)"*.:]{0,4}(?:[.!,;\n]|$|\s+(?:because|since|as)\b|(?<=[.:)*])\s)/;
const praise = '(?:correct|right|best|appropriate|accurate|likely|plausible)';
const filler =
  '(?:(?:therefore|thus|indeed|likely|clearly|definitely|also|still|probably|the|only|most|best|single|logically)\\s+){0,4}';
/** `B it is`, `B remains`. */
const stays = /^[)"*]{0,3}\s+(?:it is|remains|is left)\b/;
/** `B is the correct answer`; `correct` alone is a judgement. */
const reversed = new RegExp(
  `^[)"*.:]{0,3}\\s+(?:[^.\\n]{0,80}?,\\s+)?(?:it is[.!]|(?:is|was|seems(?: to be)?|appears to be|must be|would be|should be)\\s+${filler}(?:${praise}\\s+(?:answer|option|choice|one)\\b|answer\\b|(correct|right|best)(?:[.!,;]|$|\\s+(?:because|since|as)\\b)))`,
);
/** `point A is the right one` names no option; behind one of these, or behind a mark, a letter does. */
const names =
  /^(?:option|choice|answer|letter|so|thus|therefore|hence|then|that|and|but|with|because|since|only|actually|is|clearly|indeed|think|believe|say|conclude|while|as)$/i;
const lastLine = /(?:^|\n)[ \t]{0,8}(?:\*\*|[("[])?$/;
const LAST_LINE_REACH = 40;

/** The last words that a phrase of `leadPattern` may have before its letter: a cheap look before the pattern itself. */
const lastWords = new Set(
  (
    'choose choosing chose select selecting selected pick picking with for on option choice answer so thus therefore ' +
    'hence consequently overall conclusion summary actually clearly obviously definitely conclude concludes that no ' +
    "yes it leaves leaving is it's that's it’s that’s be indeed say guess us only just but rather really"
  ).split(' '),
);

/** The statements around single letters of `text` from an offset on, in the order of the letters. */
export const letterCues = (text: string, from: number): readonly Cue[] =>
  allFrom(letterPattern, text, from).flatMap((match) => cuesBeside(text, match.index + match[0].length - 1));

const nothing: readonly Cue[] = [];

const cuesBeside = (text: string, at: number): readonly Cue[] => {
  const leadFrom = Math.max(0, at - LEAD_REACH);
  const lead = text.slice(leadFrom, at);
  const ahead = text.slice(at + 1, at + 1 + AHEAD_REACH);
  // "So I, as a viewer" speaks of the speaker.
  const isSpeaker = text.charAt(at) === 'I' && ahead.startsWith(',');
  const cue = isSpeaker ? undefined : leadCue(leadFrom, lead, at, ahead);
  const other = reversedCue(lead, ahead, at) ?? lastLineCue(text, lead, ahead, at);
  if (cue && other) return [cue, other];
  return cue ? [cue] : other ? [other] : nothing;
};

const leadCue = (leadFrom: number, lead: string, at: number, ahead: string): Cue | undefined => {
  if (!lastWords.has(lastWordOf(lead))) return undefined;
  const found = leadPattern.exec(lead);
  if (!found) return undefined;
  const { chooses, states, guesses, remains, names: named, mark = '' } = found.groups ?? {};
  const [start, valueAt] = [leadFrom + found.index, at - mark.length];
  const isNamed = /\p{L}/u.test(mark);
  const stops = ends.test(ahead);
  let isMeant: boolean;
  if (chooses !== undefined) isMeant = stops || isNamed;
  else if (states !== undefined) isMeant = stops || stays.test(ahead);
  else if (remains !== undefined) isMeant = stays.test(ahead);
  else if (guesses !== undefined || named !== undefined) isMeant = stops;
  else return isNamed ? cueAt(start, valueAt, { letterOnly: true, strength: 1 }) : undefined;
  return isMeant ? cueAt(start, valueAt, { letterOnly: true, isTentative: guesses !== undefined }) : undefined;
};

const GLUE = new Set([...' \n\t("*,:#'].map((char) => char.charCodeAt(0)));
const isWordUnit = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 39 || code === 0x2019;

/** By hand and not by a pattern, since it is asked for every letter. */
const lastWordOf = (lead: string): string => {
  let end = lead.length;
  while (end > 0 && GLUE.has(lead.charCodeAt(end - 1))) end -= 1;
  let start = end;
  while (start > 0 && isWordUnit(lead.charCodeAt(start - 1))) start -= 1;
  return end < lead.length ? lead.slice(start, end).toLowerCase() : '';
};

const reversedCue = (lead: string, ahead: string, at: number): Cue | undefined => {
  const match = reversed.exec(ahead);
  if (!match) return undefined;
  const word = /(\p{L}+)\s+[("*]{0,3}$/u.exec(lead)?.[1];
  if (word !== undefined && !names.test(word)) return undefined;
  const isJudgement = match[1] !== undefined;
  return cueAt(at, at, { letterOnly: true, strength: isJudgement ? 1 : 2, isJudgement });
};

const lastLineCue = (text: string, lead: string, ahead: string, at: number): Cue | undefined => {
  if (at < text.length - LAST_LINE_REACH || !lastLine.test(lead)) return undefined;
  return /^(?:\*\*|[)"\].]){0,3}\s*$/.test(ahead) ? cueAt(at, at, { letterOnly: true }) : undefined;
};
