/** The slices of a report, and what each comes to. */
import { formatMetric, metricTexts } from '@/lib/domain/comparison/metric-text';
import { definitions, type Metric, metrics } from '@/lib/domain/comparison/metrics';
import { nameAmong, pairingText } from '@/lib/domain/comparison/pairing-text';
import type { Changes, ComparedSlice, Comparison } from '@/lib/domain/comparison/schema';
import { formatCount } from '@/lib/domain/text/counted';
import { differenceHtml } from './difference-html';
import { type Html, html } from './html';

const figureHtml = (metric: Metric, { figures }: ComparedSlice): Html => {
  const { value, low, high, n, count } = figures[metric];
  if (value === null) return html`<div class="quiet">–</div>`;
  const over =
    definitions[metric].kind === 'share' ? `${formatCount(count ?? 0)} / ${formatCount(n)}` : `n = ${formatCount(n)}`;
  const ends = low === null || high === null ? '' : `, ${formatMetric(metric, low)} – ${formatMetric(metric, high)}`;
  return html`<div class="figure">${formatMetric(metric, value)}</div><div class="quiet">${over}${ends}</div>`;
};

type Parts = { readonly comparison: Comparison; readonly changes: Changes };

const cellHtml = (metric: Metric, slice: ComparedSlice, at: number, { sides }: Changes): Html => {
  const side = sides[at - 1];
  const difference =
    side && slice.figures[metric].value !== null ? differenceHtml(metric, side.differences[metric]) : null;
  return html`<td>${figureHtml(metric, slice)}${difference}</td>`;
};

/** Every metric of every slice, and how the others differ from the first. */
export const metricSection = ({ comparison: { slices }, changes }: Parts): Html => {
  const estimated = slices.reduce((sum, slice) => sum + slice.estimated, 0);
  return html`<section>
<h2>Metrics</h2>
<table>
<thead><tr><th scope="col">Metric</th>${slices.map(
    (slice, at) =>
      html`<th scope="col" class="number">${nameAmong(slice, slices)}${at === 0 ? html`<div class="quiet">baseline</div>` : null}</th>`,
  )}</tr></thead>
<tbody class="number">
${metrics.map(
  (metric) =>
    html`<tr><th scope="row">${metricTexts[metric].label}<div class="quiet">${metricTexts[metric].of}</div></th>${slices.map((slice, at) => cellHtml(metric, slice, at, changes))}</tr>
`,
)}</tbody>
</table>
<p class="quiet">Beside each figure stand what it is counted over and its 95 % interval; below it the difference to the baseline with its 95 % bootstrap interval. The difference is over the questions named here, and can therefore deviate a little from the difference of the two figures.</p>
<ul class="quiet">${slices.slice(1).flatMap((slice, at) => {
    const side = changes.sides[at];
    return side ? html`<li>${pairingText(slice, slices, side.pairing)}</li>` : [];
  })}</ul>
${estimated > 0 ? html`<p class="quiet">The tokens of ${formatCount(estimated)} rollouts are an estimate.</p>` : null}
</section>`;
};
