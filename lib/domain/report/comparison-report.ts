/**
 * A comparison as one HTML file that stands alone: no script, nothing that is loaded, every text escaped. It opens
 * without a network and prints on A4.
 */
import { nameAmong } from '@/lib/domain/comparison/pairing-text';
import type { Changes, Comparison } from '@/lib/domain/comparison/schema';
import type { Narrow } from '@/lib/domain/slices/narrow';
import { formatSlice } from '@/lib/domain/slices/slice';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { cellSection } from './cell-section';
import { type FlippedQuestions, flipSection } from './flip-section';
import { headlinesOf } from './headline';
import { type Html, html } from './html';
import { inlinePicture } from './inline-picture';
import { methodSection } from './method-section';
import { metricSection } from './metric-section';
import { onlyRun, reportTitle } from './names';
import { settingSection } from './setting-section';
import { reportStyle } from './style';

export type ReportChart = {
  readonly title: string;
  readonly summary: string;
  readonly notes: readonly string[];
  /** As `chartSvg` (components/charts/export) writes it. */
  readonly svg: string;
};

export type ComparisonReportInput = {
  readonly comparison: Comparison;
  readonly changes: Changes;
  readonly narrow: Narrow;
  readonly charts: readonly ReportChart[];
  /** For each slice after the baseline, in order. */
  readonly flipped: readonly (readonly FlippedQuestions[])[];
  /** Where the comparison stands in the studio; shown, not linked. */
  readonly address: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
};

/** With more columns than this a table does not fit on a sheet that stands upright. */
const MOST_UPRIGHT = 4;

const narrowText = ({ narrow: { set, kind }, changes }: ComparisonReportInput): string => {
  const names = new Map(changes.sides.flatMap(({ cells }) => cells.map((cell) => [cell.setId, cell.set] as const)));
  const sets = set.map((id) => names.get(id) ?? id).join(', ');
  const parts = [set.length > 0 ? `sets ${sets}` : '', kind.length > 0 ? `kinds ${kind.join(', ')}` : ''];
  return parts.filter((part) => part !== '').join('; ') || 'all question sets and kinds';
};

const verifierText = ({ slices, settings }: Comparison): string => {
  const values = settings.find(({ key }) => key === 'verifier')?.values ?? [];
  const different = new Set(values);
  if (different.size === 1) return values[0] ?? 'not known';
  return (
    slices.map((slice, at) => `${nameAmong(slice, slices)}: ${values[at] ?? 'not known'}`).join('; ') || 'not known'
  );
};

/** 2026-03-01T10:20:30.123Z → 2026-03-01 10:20 UTC */
const timeText = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

const factsHtml = (input: ComparisonReportInput): Html => {
  const { comparison, address, madeAt } = input;
  return html`<dl>
<dt>Made</dt><dd>${timeText(madeAt)}</dd>
<dt>Narrowed to</dt><dd>${narrowText(input)}</dd>
<dt>Verifier</dt><dd>${verifierText(comparison)}</dd>
<dt>In the studio</dt><dd>${address}</dd>
</dl>`;
};

const slicesHtml = ({ comparison: { slices } }: ComparisonReportInput): Html => html`<table>
<thead><tr><th scope="col">Slice</th><th scope="col">Run</th><th scope="col" class="number">Rollouts</th></tr></thead>
<tbody class="number">${slices.map(
  (slice, at) =>
    html`<tr><th scope="row">${nameAmong(slice, slices)}${at === 0 ? html` <span class="quiet">baseline</span>` : null}</th><th scope="row">${slice.runName}</th><td>${formatCount(slice.rollouts)}</td></tr>`,
)}</tbody>
</table>`;

const headlineHtml = ({ comparison: { slices }, changes }: ComparisonReportInput): Html => html`<section>
<h2>In short</h2>
${slices.slice(1).map((slice, at) => {
  const side = changes.sides[at];
  return html`<h3>${nameAmong(slice, slices)}</h3>
<ul>${side ? headlinesOf(side).map(({ way, phrases }) => html`<li><strong>${way}:</strong> ${phrases.join('; ')}.</li>`) : null}</ul>`;
})}
</section>`;

const chartsHtml = ({ charts }: ComparisonReportInput): Html | null =>
  charts.length === 0
    ? null
    : html`<section>
<h2>Charts</h2>
${charts.map(
  ({ title, summary, notes, svg }) => html`<figure class="chart"><h3>${title}</h3>
${inlinePicture(svg)}
<figcaption class="quiet">${notes.map((note) => html`<p>${note}</p>`)}<p>${summary}</p></figcaption></figure>
`,
)}</section>`;

const sidesHtml = ({ comparison: { slices }, changes, flipped }: ComparisonReportInput): Html[] => {
  const [base, ...others] = slices;
  if (!base) return [];
  return others.flatMap((other, at) => {
    const side = changes.sides[at];
    if (!side) return [];
    const names = { base: nameAmong(base, slices), other: nameAmong(other, slices) };
    return html`<section data-slice="${formatSlice(other)}">
<h2>${names.base} → ${names.other}, question by question</h2>
${flipSection(side, flipped[at] ?? [], names)}
${cellSection(side)}
</section>`;
  });
};

/**
 * The file as text. Its figures are those of `comparison` and `changes`, formatted as on screen.
 *
 * @throws TypeError for a chart that the export of charts did not write.
 */
export const comparisonReport = (input: ComparisonReportInput): string => {
  const { comparison, changes } = input;
  const { slices } = comparison;
  const run = onlyRun(slices);
  const title = reportTitle(slices);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}${run === null ? null : `, ${run}`}</title>
<style>
${reportStyle(slices.length > MOST_UPRIGHT)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${run === null ? 'Slices of several runs' : `Run ${run}`}: a comparison of ${counted(slices.length, 'slice')}.</p>
${factsHtml(input)}
</header>
<main>
${headlineHtml(input)}
<section><h2>Slices</h2>${slicesHtml(input)}</section>
${metricSection({ comparison, changes })}
${chartsHtml(input)}
${sidesHtml(input)}
${settingSection(comparison)}
${methodSection(changes)}
</main>
</body>
</html>
`.toString();
};
