/** Phrases of other languages that state a conclusion. Bounded patterns only. */
import { type AddCue, behind, scan } from './cue';

const letter = '[（("*]{0,4}[A-Z](?![A-Za-z])';

const answerPattern =
  /(?:答案|结论|(?:正确|最佳|最合适|最好)的?选项)([^。！？\n,，;；:：A-Z]{0,8}?)(?:是|为|选择|选|:|：|(?=\s?[（("*]{0,4}[A-Z]))\s*/g;
const choosePattern = new RegExp(
  `(?:应该|应当|应|只能|必须|就)?(?:选择|选)(?:选项|答案)?\\s*[:：]?\\s*(?=${letter})`,
  'g',
);
const soPattern = new RegExp(
  `(?:所以|因此|因而|故|综上所述|综上|于是)[,，]?\\s*(?:就|应该|应|显然)?是?\\s*(?:选项)?(?=${letter}[)）"*]{0,4}(?:[。.,，;；!！\\n]|$|项?[。.,，]))`,
  'g',
);
const notButPattern = /不是\s?(?:选项)?[A-Z][,，]?\s?而是\s?(?:选项)?/g;
const reversedPattern =
  /[A-Z](?<![A-Za-z\d][A-Z])(?=[)）"*]{0,4}\s?(?:选项|项)?(?:是|才是|为)?(?:唯一|最)?(?:正确|对)的?(答案|选项)?)/g;

const negated = /[不非没未别]/;
const negatedBefore = /[不别勿未没非](?:能|应该?|应当|可以?|要|会|再|得)?$/;
const guess = /可能|也许|或许|大概|恐怕/;

const addChineseCues = (text: string, from: number, add: AddCue): void => {
  const before = (at: number): string => text.slice(Math.max(0, at - 6), at);
  scan(answerPattern, text, from, (match) => {
    const middle = match[1] ?? '';
    if (negated.test(middle) || negatedBefore.test(before(match.index))) return;
    add(match.index, behind(match), { isTentative: guess.test(middle) || guess.test(before(match.index)) });
  });
  for (const pattern of [choosePattern, soPattern, notButPattern]) {
    scan(pattern, text, from, (match) => {
      const near = before(match.index);
      if (negatedBefore.test(near)) return;
      add(match.index, behind(match), { letterOnly: true, isTentative: guess.test(near) });
    });
  }
  scan(reversedPattern, text, from, (match) => {
    add(match.index, match.index, { letterOnly: true, strength: match[1] ? 2 : 1, isJudgement: !match[1] });
  });
};

const asianPattern =
  /(?:答え|正解|解答|回答|正しい選択肢|정답|답|올바른 선택지)(?:(?:は|が|은|는|이)\s?[:：]?|[:：])\s?/g;
const europeanPattern =
  /(?<!\p{L})(?:respuesta|opción|réponse|risposta|resposta|alternativa|Antwort|Lösung|ответ)(?!\p{L})([^.\n!?:]{0,30}?)(?:(?<!\p{L})(?:es|est|ist|lautet|é|è|sería|serait|wäre)(?!\p{L})|:)\s*(?:(?:donc|la|die|l'|also|daher|claramente|option|opción|letra|lettre|buchstabe)\s+){0,3}/giu;
/** A cheap look before the pattern itself. */
const europeanWord = /respuesta|opci|ponse|risposta|resposta|alternativa|antwort|sung|ответ/i;
const europeanNot = /(?<!\p{L})(?:no|ne|n'|pas|non|não|nicht|не)(?!\p{L})|n['’]$/iu;
const europeanIf = /(?<!\p{L})(?:si|wenn|falls|se|если)\s[^.,]{0,24}$/iu;

/** Adds the cues of other languages than English from an offset on, in no order. */
export const addOtherCues = (text: string, from: number, add: AddCue): void => {
  const tail = from === 0 ? text : text.slice(from);
  if (/[\u3040-\u9fff\uac00-\ud7a3]/.test(tail)) {
    addChineseCues(text, from, add);
    scan(asianPattern, text, from, (match) => add(match.index, behind(match)));
  }
  if (!europeanWord.test(tail)) return;
  scan(europeanPattern, text, from, (match) => {
    if (europeanNot.test(match[1] ?? '')) return;
    const isTentative = europeanIf.test(text.slice(Math.max(0, match.index - 40), match.index));
    add(match.index, behind(match), { isTentative });
  });
};
