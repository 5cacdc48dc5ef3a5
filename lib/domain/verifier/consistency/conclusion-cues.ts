/**
 * Where a thinking may state its conclusion. A cue is a phrase such as "the correct answer is" with the place right
 * behind it, where the conclusion itself stands; what stands there is read elsewhere. Every pattern is bounded, so
 * that a text of nothing but cues stays linear.
 */

export type Cue = {
  /** Offsets of the phrase in the text; the conclusion is read from `valueAt` on. */
  readonly start: number;
  readonly valueAt: number;
  /** 2: says what the answer is. 1: says which option something fits. */
  readonly strength: 1 | 2;
  /** Only a letter is meant: what stands there is not looked up among the options' texts. */
  readonly letterOnly: boolean;
};

const answerPattern =
  /\b(?:answers?|option|choice|solution|guess|response)\b([^.\n!?:：=]{0,60}?)(?:\b(is|are|was|would be|should be|must be|will be|has to be|can only be|could be|might be|may be|can be|remains)\b|(?::|：|=))/gi;
const boxedPattern = /\\boxed\s?\{/g;
const choosePattern =
  /\b(?:choose|chose|choosing|select|selecting|selected|pick|go with|going with|opt for|settle on)\s+(?:the\s+)?(?:answer\s+|choice\s+)?(?=(?:option\s+)?[("*]{0,3}[A-Z][)"*.,\n]|option\s+[("*]{0,3}[A-Z]\b)/g;
const optionPattern = /\b(?:option|choice|answer)\s+(?=[("*]{0,3}[A-Z]\b)/gi;
const fitBefore =
  /\b(?:corresponds?|corresponding|match(?:es|ing|ed)?|closest|aligns?|aligned|fits?|consistent|represent(?:s|ed)|given|leads?|points?|agrees?|equivalent|is|in|as|by)\s+(?:to\s+|with\s+|is\s+|by\s+)?(?:the\s+)?(?:answer\s+|correct\s+|closest\s+)?$/i;
const soPattern =
  /\b(?:so|thus|therefore|hence|consequently|finally|overall|in conclusion|in summary)\b,?\s+(?:(?:it is|it's|it must be|it should be|that is|that's|this is|we choose|we select|we pick|i choose|i'll choose|i'll go with|i pick|i'd say|i say)\s+)?(?=(?:option\s+|choice\s+)?[("*]{0,3}[A-Z][)"*]{0,3}(?:[.!,;\n]|$|\s+(?:is|was)\b))/gi;
/** `B is the correct answer`; the letter comes first, so that the scan stops at capitals only. */
const reversedPattern =
  /[A-Z](?<![\p{L}\d'’\\_^{-][A-Z])(?=[)"*.:]{0,3}\s+(?:[^.\n]{0,80}?,\s+)?(?:is|seems|appears to be|must be|would be|should be)\s+(?:(?:therefore|thus|indeed|likely|clearly|definitely|also|still|probably|the|only|most|best|single|logically)\s+){0,4}(?:correct|right|best|appropriate|accurate|likely|plausible)\s+(?:answer|option|choice)\b)/gu;
const adjacentPattern =
  /\b(?:correct|right|final|best)\s+(?:answer|option|choice)\s+(?=[("*]{0,3}[A-Z][)"*]{0,3}(?:[.,;\n]|$))/g;
const chinesePattern =
  /(?:答案|正确选项|正确答案|结论|应选|应选择|故选|因此选|所以选|选择|选项)(?:应该|应当|应|就|只能|最终|因此|可能|便|则)?(?:是|为|选|：|:|，)?\s*(?:是|为)?/g;

const negativeBefore =
  /(?:\b(?:incorrect|wrong|no|other|another|each|every|any|which|what|whether|if|not the|a|an|of the|neither)\s+(?:the\s+)?(?:correct\s+|right\s+)?|不是|如果|若)$/i;
const hedgedVerb = /^(?:could|might|may|can) be$/i;

const scan = (pattern: RegExp, text: string, from: number, add: (match: RegExpExecArray) => void): void => {
  pattern.lastIndex = from;
  let match = pattern.exec(text);
  while (match) {
    add(match);
    if (pattern.lastIndex === match.index) pattern.lastIndex += 1;
    match = pattern.exec(text);
  }
};

/** Cues in `text` from an offset on, in the order of what they point at. Hedged and negated ones are left out. */
export const findCues = (text: string, from: number): readonly Cue[] => {
  const cues: Cue[] = [];
  const add = (start: number, valueAt: number, strength: 1 | 2, letterOnly: boolean): void => {
    // "…, which is option C" is a relative clause, no question.
    const negated = strength === 2 && negativeBefore.test(text.slice(Math.max(0, start - 24), start));
    if (!negated) cues.push({ start, valueAt, strength, letterOnly });
  };
  scan(answerPattern, text, from, (match) => {
    const middle = match[1] ?? '';
    // `Option J: …` restates; `the option that matches is …` concludes.
    const restates = /^\s*[("*]{0,3}[A-Z]\b/.test(middle) || /\bnot\b|n't\b/.test(middle);
    if (!restates && !hedgedVerb.test(match[2] ?? '')) add(match.index, behind(match), 2, false);
    else answerPattern.lastIndex = match.index + 6;
  });
  if (text.includes('\\boxed', from))
    scan(boxedPattern, text, from, (match) => add(match.index, behind(match), 2, false));
  scan(choosePattern, text, from, (match) => add(match.index, behind(match), 2, true));
  scan(soPattern, text, from, (match) => add(match.index, behind(match), 2, true));
  scan(reversedPattern, text, from, (match) => add(match.index, match.index, 2, true));
  scan(adjacentPattern, text, from, (match) => add(match.index, behind(match), 2, true));
  scan(optionPattern, text, from, (match) => {
    const verb = fitBefore.exec(text.slice(Math.max(0, match.index - 40), match.index));
    if (verb) add(match.index - verb[0].length, behind(match), 1, true);
  });
  if (/[答选结]/.test(text.slice(from)))
    scan(chinesePattern, text, from, (match) => add(match.index, behind(match), 2, false));
  return cues.sort((a, b) => a.valueAt - b.valueAt || a.strength - b.strength);
};

const behind = (match: RegExpExecArray): number => match.index + match[0].length;

const openers =
  /(?:^|[\s*])(?:therefore|thus|hence|so|in conclusion|in summary|to summarize|consequently|overall|finally|based on|given th|因此|所以|综上|故)/i;

/** Whether a sentence opens as a conclusion does. */
export const isConcluding = (sentence: string): boolean =>
  openers.test(sentence.slice(0, 40)) || /\bI can (?:confidently |safely )?(?:conclude|confirm|say)\b/.test(sentence);

const retraction =
  /\bwait\b(?:[,.!…—]|\s+(?:no|that|actually|i|let|a (?:minute|second|moment))\b)|\b(?:hold on|on second thought|let me re-?(?:check|think|consider|examine|evaluate)|that(?:'s| is) (?:wrong|incorrect|not right|not correct)|i made a mistake|scratch that)\b|等等|不对|等一下/i;

/** Whether a text takes back what stood before it. */
export const takesBack = (text: string): boolean => retraction.test(text);
