/**
 * The data of a chart as CSV: RFC 4180, plain numbers as they are (a share as a fraction of 1), units in the head.
 * Texts that a spreadsheet would take for a formula are made plain.
 */
import type { ChartCell, ChartColumn, ChartData } from './chart-data';

/** What a spreadsheet runs when a cell begins with it; see OWASP, "CSV Injection". */
const runs = /^[=+\-@\t\r\n＝＋－＠]/;

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const cellText = (cell: ChartCell | undefined): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  return runs.test(cell) ? `'${cell}` : cell;
};

const headText = ({ label, unit, format }: ChartColumn): string => {
  const written = format === 'share' ? 'share of 1' : (unit ?? (format === 'seconds' ? 'seconds' : null));
  return cellText(written === null ? label : `${label} (${written})`);
};

/** One line per row under one line of heads, each ended by CR LF. A hole is an empty field. */
export const toCsv = ({ columns, rows }: ChartData): string =>
  [columns.map(headText), ...rows.map(({ cells }) => columns.map(({ key }) => cellText(cells[key])))]
    .map((line) => `${line.map(field).join(',')}\r\n`)
    .join('');
