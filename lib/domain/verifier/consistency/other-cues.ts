/** Phrases of other languages that state a conclusion. Bounded patterns only. */
import { allFrom, before, behind, type Cue, cueAt } from './cue';

const letter = '[（("*]{0,4}[A-Z](?![A-Za-z])';
/** Bounded: two gaps side by side would try every way to share a run of spaces between them. */
const gap = '\\s{0,8}';

const answerPattern =
  /(?:答案|结论|(?:正确|最佳|最合适|最好)的?选项)([^。！？\n,，;；:：A-Z]{0,8}?)(?:是|为|选择|选|:|：|(?=\s?[（("*]{0,4}[A-Z]))\s*/g;
const choosePattern = new RegExp(
  `(?:应该|应当|应|只能|必须|就)?(?:选择|选)(?:选项|答案)?${gap}[:：]?${gap}(?=${letter})`,
  'g',
);
const soPattern = new RegExp(
  `(?:所以|因此|因而|故|综上所述|综上|于是)[,，]?${gap}(?:就|应该|应|显然)?是?${gap}(?:选项)?(?=${letter}[)）"*]{0,4}(?:[。.,，;；!！\\n]|$|项?[。.,，]))`,
  'g',
);
const notButPattern = /不是\s?(?:选项)?[A-Z][,，]?\s?而是\s?(?:选项)?/g;
const reversedPattern =
  /[A-Z](?<![A-Za-z\d][A-Z])(?=[)）"*]{0,4}\s?(?:选项|项)?(?:是|才是|为)?(?:唯一|最)?(?:正确|对)的?(答案|选项)?)/g;

const negated = /[不非没未别]/;
const negatedBefore = /[不别勿未没非](?:能|应该?|应当|可以?|要|会|再|得)?$/;
const guess = /可能|也许|或许|大概|恐怕/;

const addChineseCues = (text: string, from: number, cues: Cue[]): void => {
  for (const match of allFrom(answerPattern, text, from)) {
    const [near, middle] = [before(text, match.index, 6), match[1] ?? ''];
    if (negated.test(middle) || negatedBefore.test(near)) continue;
    cues.push(cueAt(match.index, behind(match), { isTentative: guess.test(middle) || guess.test(near) }));
  }
  for (const pattern of [choosePattern, soPattern, notButPattern]) {
    for (const match of allFrom(pattern, text, from)) {
      const near = before(text, match.index, 6);
      const traits = { letterOnly: true, isTentative: guess.test(near) };
      if (!negatedBefore.test(near)) cues.push(cueAt(match.index, behind(match), traits));
    }
  }
  for (const { index, 1: noun } of allFrom(reversedPattern, text, from)) {
    cues.push(cueAt(index, index, { letterOnly: true, strength: noun ? 2 : 1, isJudgement: !noun }));
  }
};

const asianPattern =
  /(?:答え|正解|解答|回答|正しい選択肢|정답|답|올바른 선택지)(?:(?:は|が|은|는|이)\s?[:：]?|[:：])\s?/g;
const europeanPattern =
  /(?<!\p{L})(?:respuesta|opción|réponse|risposta|resposta|alternativa|Antwort|Lösung|ответ)(?!\p{L})([^.\n!?:]{0,30}?)(?:(?<!\p{L})(?:es|est|ist|lautet|é|è|sería|serait|wäre)(?!\p{L})|:)\s*(?:(?:donc|la|die|l'|also|daher|claramente|option|opción|letra|lettre|buchstabe)\s+){0,3}/giu;
const europeanNot = /(?<!\p{L})(?:no|ne|n'|pas|non|não|nicht|не)(?!\p{L})|n['’]$/iu;
const europeanIf = /(?<!\p{L})(?:si|wenn|falls|se|если)\s[^.,]{0,24}$/iu;

/** Adds the cues of other languages than English from an offset on, in no order, to those of English. */
export const addOtherCues = (text: string, from: number, cues: Cue[]): void => {
  const tail = from === 0 ? text : text.slice(from);
  if (/[\u3040-\u9fff\uac00-\ud7a3]/.test(tail)) {
    addChineseCues(text, from, cues);
    for (const match of allFrom(asianPattern, text, from)) cues.push(cueAt(match.index, behind(match)));
  }
  // Where English phrases stand, the text is English: this costs as much as all of them.
  if (cues.some(({ isTentative }) => !isTentative)) return;
  for (const match of allFrom(europeanPattern, text, from)) {
    if (europeanNot.test(match[1] ?? '')) continue;
    const isTentative = europeanIf.test(before(text, match.index, 40));
    cues.push(cueAt(match.index, behind(match), { isTentative }));
  }
};
