/** A thinking that concludes that no option fits, and then answers one. */
import { optionWords } from '@/lib/domain/verifier/option-text';
import type { PreparedQuestion } from '@/lib/domain/verifier/prepared-question';
import type { Span } from '@/lib/domain/verifier/response';

/** Characters before the end in which a thinking may have named the option after all, as the closest one say. */
const REACH = 1_200;

/** Characters of the conclusion's sentence that are read behind its phrase. */
const PHRASE_REACH = 40;
const negates = /\b(?:not|none|no|neither|n['’]t)\b|不|没|都/i;

/** Options that say themselves that none fits, or that nobody can tell. */
const saysNone =
  /\b(?:none|neither|no|not|nothing|cannot|can['’]?t|other|unknown|unclear|insufficient|impossible|undetermined)\b|以上|都不|无法|没有/i;

/** "None of A, B" leaves the others open; only what speaks of all options says that none fits. */
const speaksOfAll = /\b(?:options?|choices?|answers?|above|listed|given|provided|them|these)\b|选项|答案|以上/i;

/**
 * Whether answering this option contradicts that none fits: it is an option like any other, and the end of the thinking
 * names neither its letter nor its text. Options that are not known contradict nothing.
 */
export const contradictsNone = (
  thinking: string,
  phrase: Span,
  letter: string,
  question: PreparedQuestion,
): boolean => {
  const said = thinking.slice(phrase.start, phrase.end + PHRASE_REACH);
  if (!speaksOfAll.test(said.slice(said.search(negates) + 1))) return false;
  const option = question.options[letter.charCodeAt(0) - 65];
  const words = question.optionWords[letter.charCodeAt(0) - 65] ?? '';
  if (option === undefined || words === '' || saysNone.test(option)) return false;
  const end = thinking.slice(-REACH);
  return !new RegExp(`(?<![\\p{L}\\d])${letter}(?![\\p{L}\\d])`, 'u').test(end) && !optionWords(end).includes(words);
};
