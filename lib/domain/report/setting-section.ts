/** What the slices of a report were made with. */
import { nameAmong } from '@/lib/domain/comparison/pairing-text';
import type { Comparison, SettingRow } from '@/lib/domain/comparison/schema';
import { type Html, html } from './html';

type Column = { readonly head: string; readonly textOf: (row: SettingRow) => string | null };

const tableHtml = (rows: readonly SettingRow[], columns: readonly Column[]): Html =>
  html`<table>
<thead><tr><th scope="col">Setting</th>${columns.map(({ head }) => html`<th scope="col">${head}</th>`)}</tr></thead>
${[...Map.groupBy(rows, ({ group }) => group)].map(
  ([group, own]) =>
    html`<tbody><tr><th scope="rowgroup" class="group" colspan="${columns.length + 1}">${group}</th></tr>
${own.map(
  (row) =>
    html`<tr><th scope="row">${row.label}</th>${columns.map(({ textOf }) => html`<td>${textOf(row) ?? '–'}</td>`)}</tr>
`,
)}</tbody>`,
)}</table>`;

/** Many short lines: in two columns, each group together. */
const sharedHtml = (rows: readonly SettingRow[]): Html =>
  html`<div class="columns">${[...Map.groupBy(rows, ({ group }) => group)].map(
    ([group, own]) =>
      html`<table><tbody><tr><th scope="rowgroup" class="group" colspan="2">${group}</th></tr>
${own.map(
  ({ label, values }) =>
    html`<tr><th scope="row">${label}</th><td>${values.find((value) => value !== null) ?? '–'}</td></tr>
`,
)}</tbody></table>`,
  )}</div>`;

/** First what differs, then what all of them share. */
export const settingSection = ({ slices, settings }: Comparison): Html => {
  const differing = settings.filter(({ differs }) => differs);
  const shared = settings.filter(({ differs }) => !differs);
  const bySlice = slices.map((slice, at) => ({
    head: nameAmong(slice, slices),
    textOf: ({ values }: SettingRow) => values[at] ?? null,
  }));
  return html`<section>
<h2>Configuration</h2>
<h3>What differs</h3>
${differing.length === 0 ? html`<p>Nothing that is known of these slices differs.</p>` : tableHtml(differing, bySlice)}
${shared.length === 0 ? null : html`<h3>The same in all that have it</h3>${sharedHtml(shared)}`}
</section>`;
};
