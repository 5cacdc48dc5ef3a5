/** Sets and kinds of questions, by how their accuracy changed. */
import { formatMetric } from '@/lib/domain/comparison/metric-text';
import type { CellChange, SideChange } from '@/lib/domain/comparison/schema';
import { formatCount } from '@/lib/domain/text/counted';
import { differenceHtml } from './difference-html';
import { type Html, html } from './html';

const MOST = 20;

const questionsText = ({ pairing: { paired, shared, base, other } }: CellChange): string =>
  paired ? formatCount(shared) : `${formatCount(base)}, ${formatCount(other)} apart`;

const rowHtml = (cell: CellChange): Html =>
  html`<tr><th scope="row">${cell.set}<div class="quiet">${cell.kind}</div></th><td>${questionsText(cell)}</td>${(
    ['accuracy', 'inconsistent'] as const
  ).map(
    (metric) =>
      html`<td><div>${formatMetric(metric, cell[metric].base)} → ${formatMetric(metric, cell[metric].other)}</div>${differenceHtml(metric, cell[metric])}</td>`,
  )}</tr>
`;

/** The worst change of accuracy first. */
export const cellSection = ({ cells }: SideChange): Html | null => {
  if (cells.length === 0) return null;
  const some = cells.length > MOST ? `, the ${MOST} worst of ${formatCount(cells.length)}` : '';
  return html`<h3>Sets and kinds of questions, the worst change of accuracy first${some}</h3>
<table>
<thead><tr><th scope="col">Set and kind</th><th scope="col" class="number">Questions</th><th scope="col" class="number">Accuracy</th><th scope="col" class="number">Inconsistent</th></tr></thead>
<tbody class="number">
${cells.slice(0, MOST).map(rowHtml)}</tbody>
</table>
<p class="quiet">Of twenty cells where nothing changed, one lies outside its interval by chance.</p>`;
};
