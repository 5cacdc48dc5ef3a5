/** How a thinking stands to what it states: commits to it, guesses at it, denies it, or takes it back later. */
import { sentenceStart } from './sentence-borders';

export type Stance = 'committed' | 'tentative' | 'denied';

/** Words further before a statement than this do not govern it. */
const REACH_BEFORE = 160;
const REACH_AFTER = 160;

/** What begins a statement of its own within a sentence: what stands before it does not govern what follows. */
const turn =
  /^.*(?:\b(?:but|however|so|therefore|thus|hence|consequently|yet|nevertheless|actually)\b|;(?!\s*then\b)|所以|因此|但是?|故)/is;
const denial =
  /(?:\b(?:not|never|cannot|rather than|instead of|rul(?:e|ed|es|ing) out|eliminat\w{1,4}|exclud\w{1,3}|reject\w{0,3}|dismiss\w{0,3}|without|neither|nor)|n['’]t)\s+(?:\w+\s+){0,2}$/i;
/** `if we have to choose` sets no condition; `assuming` does only for what it governs itself. */
const condition =
  /\bif\b(?!\s+(?:we|i|one|you|it)\s+(?:have to|has to|had to|must|need to|are forced|were forced))|\bassuming\s[^,]*$|\b(?:suppos(?:e|ing)|assumes?|imagine|unless|whether|in case|were it|had (?:the|it|we|they|he|she))\b|如果|假如|假设|若|要是|倘若|是否/i;
const guess =
  /\b(?:perhaps|maybe|possibly|conceivably)\b[^.;]{0,40}$|\b(?:might|could|may)\s+(?:also\s+|well\s+|be\s+){0,2}(?:be|say|think|argue|believe|choose|pick|seem|suggest|claim|want|that|to)\b[^.,;]{0,40}$/i;
const others =
  /\b(?:some(?:one|body)?|people|others|many|students?|they|users?)\s+(?:(?:people|may|might|could|would|will)\s+){0,2}(?:say|says|think|thinks|argue|argues|claim|claims|believe|believes|choose|chooses|pick|picks|guess)\b[^.;]{0,40}$|\b(?:tempt(?:ing|ed)|mistake|mistaken(?:ly)?|wrongly|error|incorrectly|naively)\b[^.;:,]{0,40}$|有人[^。；]{0,16}$/i;

const deniedAfter =
  /^[)"*}\s]{0,3}(?:(?:is|was|seems|would be|looks|must be)\s+(?:\w+\s+)?(?:not|wrong|incorrect|false|invalid|impossible|unlikely|ruled out|eliminated|excluded)\b|(?:isn|wasn|can|doesn)['’]?t\b|cannot\b|吗|(?:选项|项)?(?:是|为)?(?:错|不)|では(?:ない|あり)|じゃない|[가이] 아)/i;
const guessedAfter =
  /^[)"*}]{0,3}(?:,?\s+(?:or\b|if|unless|provided|assuming|perhaps|maybe|possibly)\b|かも|일 수|일지도)/i;

/** The stance of a statement from `start` to `end`, by the words around it in its sentence. */
export const stanceOf = (text: string, start: number, end: number): Stance => {
  const from = sentenceStart(text, start, Math.max(0, start - REACH_BEFORE));
  const before = text.slice(from, start).replace(turn, '');
  // A value that takes its sentence to the end has nothing after it: the next sentence speaks for itself.
  const isWhole = /[.!?。！？\n]/.test(text.charAt(end - 1));
  const after = isWhole ? text.charAt(end - 1) : text.slice(end, end + REACH_AFTER);
  if (denial.test(before) || deniedAfter.test(after) || asks(after)) return 'denied';
  const isTentative = condition.test(before) || guess.test(before) || others.test(before) || guessedAfter.test(after);
  return isTentative ? 'tentative' : 'committed';
};

/** Whether the sentence that goes on with `after` is a question, a quoted one left aside. */
const asks = (after: string): boolean => {
  const end = /[?？"“”]|[.!]["*)\]]{0,3}(?:\s|$)|[。！\n]/.exec(after.slice(/^["“”*)]{0,3}/.exec(after)?.[0].length));
  return end !== null && /[?？]/.test(end[0]);
};

const openers =
  /(?:^|[\s*])(?:(?:therefore|thus|hence|so|in conclusion|in summary|to summarize|consequently|overall|finally|based on|given th\w*)\b|因此|所以|综上|故)/i;

/** Whether a sentence opens as a conclusion does. */
export const isConcluding = (sentence: string): boolean =>
  openers.test(sentence.slice(0, 40)) || /\bI can (?:confidently |safely )?(?:conclude|confirm|say)\b/.test(sentence);

const retraction =
  /\bwait\b(?:[,.!…—]|\s+(?:no|that|actually|i|let|a (?:minute|second|moment))\b)|\b(?:hold on|on second thought|let me re-?(?:check|think|consider|examine|evaluate)|that(?:'s| is) (?:wrong|incorrect|not right|not correct)|i made a mistake|scratch that|(?:hmm|actually|but|oh|well),? no(?=[,.!])|no, (?:that|this|it|wait|actually)|(?:but|no|wait|hmm),? (?:that|this|it) (?:can(?:'|no)t|isn't|is not|doesn't|does not) (?:be |seem |look )?(?:right|correct))\b|等等|不对|等一下/gi;

/** Offset of the last place where a text takes back what stood before it; -1 where it does not. */
export const lastRetraction = (text: string): number => {
  let last = -1;
  for (const match of text.matchAll(retraction)) last = match.index;
  return last;
};

const hedge = /\b(?:not|if|perhaps|maybe|might|could|may|possibly)\b|n['’]t\b|[?？]|不|可能|如果/i;

/** Whether a sentence denies, asks or guesses, so that what it holds is no commitment. */
export const isHedged = (sentence: string): boolean => hedge.test(sentence);
