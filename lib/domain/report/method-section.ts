/** How to read a report: what is measured, and how sure it is. */
import { metricTexts } from '@/lib/domain/comparison/metric-text';
import { metrics } from '@/lib/domain/comparison/metrics';
import type { Changes } from '@/lib/domain/comparison/schema';
import { formatCount } from '@/lib/domain/text/counted';
import { metricDefinitions } from './definitions';
import { type Html, html } from './html';

/** Definitions of every metric, and how intervals, pairings and flips come about. */
export const methodSection = ({ resamples, seed }: Changes): Html => html`<section>
<h2>How to read this</h2>
<p>A rollout is one response of the model to one question; a slice is the rollouts of one stage of one iteration of one run. The first slice is the baseline. All figures stand with the corrections that people made.</p>
<h3>Metrics</h3>
<table>
<thead><tr><th scope="col">Metric</th><th scope="col">What it says</th><th scope="col">How it is counted</th></tr></thead>
<tbody>
${metrics.map(
  (metric) =>
    html`<tr><th scope="row">${metricTexts[metric].label}</th><td>${metricDefinitions[metric].words}</td><td>${metricDefinitions[metric].formula}</td></tr>
`,
)}</tbody>
</table>
<h3>Intervals</h3>
<ul>
<li>Of a single figure: 95 %, Wilson’s for shares, the normal one for means. They take rollouts as independent, and are too narrow where a question has several of them.</li>
<li>Of a difference: 95 %, by the bootstrap (BCa) from ${formatCount(resamples)} draws with seed ${String(seed)}. Whole questions are drawn with all of their rollouts, since rollouts of one question rise and fall together.</li>
<li>Two slices are paired over the questions that both have when these are at least 20 and at least half of the smaller side, or all of both; a drawn question then counts on both sides, and the difference is over these questions alone. Otherwise each side is drawn by itself over all of its questions.</li>
<li><span class="better">Better</span> and <span class="worse">worse</span> are said only where the interval lies on one side of 0.</li>
</ul>
<h3>Flips</h3>
<p>A question is right in a slice where more than half of its rollouts with a truth are right, wrong where fewer are, split at exactly half; consistent and inconsistent likewise among the rollouts that are decided. McNemar’s test, exact and two-sided, says how probable a split between the two ways as uneven as this would be if each change were as likely either way.</p>
</section>`;
