/** Questions whose outcome changed from the baseline to another slice, counted and listed. */
import type { FlipsAsked } from '@/lib/domain/comparison/flips-asked';
import { formatP } from '@/lib/domain/comparison/metric-text';
import {
  type Aspect,
  aspects,
  type Outcome,
  outcomes,
  outcomeWords,
  type Votes,
} from '@/lib/domain/comparison/outcome';
import type { FlipPage, FlipTable, SideChange } from '@/lib/domain/comparison/schema';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { type Html, html } from './html';

/** Some of the questions behind one count, those that moved most first. */
export type FlippedQuestions = { readonly asked: FlipsAsked; readonly questions: FlipPage['rows'] };

/** The flips that a report lists: both ways, what got worse first. */
export const listedFlips: readonly FlipsAsked[] = aspects.flatMap((aspect) => [
  { aspect, from: 'holds' as const, to: 'fails' as const },
  { aspect, from: 'fails' as const, to: 'holds' as const },
]);

/** How many questions of the table went from one to the other. */
export const flipCount = ({ counts }: FlipTable, from: Outcome, to: Outcome): number =>
  counts.find((count) => count.from === from && count.to === to)?.questions ?? 0;

type Names = { readonly base: string; readonly other: string };

const titles: Readonly<Record<Aspect, string>> = { accuracy: 'Right or wrong', consistency: 'Consistent or not' };

const wayOf = (from: Outcome, to: Outcome, questions: number): string => {
  if (questions === 0) return 'quiet';
  if (from === 'fails' && to === 'holds') return 'better';
  return from === 'holds' && to === 'fails' ? 'worse' : '';
};

const matrixHtml = (aspect: Aspect, table: FlipTable, names: Names): Html => {
  const words = outcomeWords[aspect];
  const shown = outcomes.filter(
    (one) => one === 'holds' || one === 'fails' || table.counts.some(({ from, to }) => from === one || to === one),
  );
  const [gained, lost] = [flipCount(table, 'fails', 'holds'), flipCount(table, 'holds', 'fails')];
  return html`<div class="keep"><h4>${titles[aspect]}</h4>
<p>${counted(gained, 'question')} ${words.fails} → ${words.holds}, ${formatCount(lost)} ${words.holds} → ${words.fails}. McNemar’s exact ${formatP(table.p)}.</p>
<table class="small">
<thead><tr><th scope="col">${names.base} ↓ ${names.other} →</th>${shown.map((to) => html`<th scope="col" class="number">${words[to]}</th>`)}</tr></thead>
<tbody class="number">${shown.map(
    (from) =>
      html`<tr><th scope="row">${words[from]}</th>${shown.map((to) => {
        const questions = flipCount(table, from, to);
        return html`<td class="${wayOf(from, to, questions)}">${formatCount(questions)}</td>`;
      })}</tr>`,
  )}</tbody>
</table></div>`;
};

const votesText = ({ holds, of }: Votes, aspect: Aspect): string =>
  `${formatCount(holds)} of ${formatCount(of)} ${outcomeWords[aspect].holds}`;

const listHtml = ({ asked, questions }: FlippedQuestions, count: number, names: Names): Html => {
  const { aspect, from, to } = asked;
  const words = outcomeWords[aspect];
  const some =
    questions.length < count
      ? `: ${formatCount(questions.length)} of ${formatCount(count)}, those that moved most`
      : '';
  return html`<h4>${words[from]} → ${words[to]}${some}</h4>
<table>
<thead><tr><th scope="col">Question</th><th scope="col">Set, kind</th><th scope="col">${names.base}</th><th scope="col">${names.other}</th></tr></thead>
<tbody>${questions.map(
    ({ prompt, set, kind, base, other }) =>
      html`<tr><th scope="row" class="prompt">${prompt === '' ? 'A question without words' : prompt}</th><td>${set}, ${kind}</td><td class="short">${votesText(base, aspect)}</td><td class="short">${votesText(other, aspect)}</td></tr>`,
  )}</tbody>
</table>`;
};

/** What became of the questions that both slices asked. */
export const flipSection = (change: SideChange, flipped: readonly FlippedQuestions[], names: Names): Html => {
  if (change.pairing.shared === 0) {
    return html`<h3>Flips</h3><p>The two have no question in common, so nothing can flip.</p>`;
  }
  return html`<h3>Flips</h3>
<p class="quiet">Over the ${counted(change.pairing.shared, 'question')} that both asked, by what most of their rollouts come to.</p>
<div class="beside">${aspects.map((aspect) => matrixHtml(aspect, change.flips[aspect], names))}</div>
${flipped.flatMap((list) => {
  const { aspect, from, to } = list.asked;
  return list.questions.length === 0 ? [] : listHtml(list, flipCount(change.flips[aspect], from, to), names);
})}`;
};
