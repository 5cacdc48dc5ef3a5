/** What `veripo score` prints: JSON lines for programs, or a table for people. */
import type { RowScore, Scorer } from '@/lib/domain/scorers/scorer';
import { meanOf, type Total, type Totals } from '@/lib/domain/scorers/totals';
import { say } from '@/scripts/progress.mjs';
import { writeLine } from './write-line';

export type ScoredFile = { readonly name: string; readonly totals: Totals };
type Row = { readonly file: string; readonly at: number; readonly question: string | null; readonly row: RowScore };

export type Output = {
  readonly row: (row: Row) => Promise<void>;
  readonly end: (files: readonly ScoredFile[], all: Totals) => Promise<void>;
};

/** A line per row, and one with the totals at the end. */
export const jsonOutput = (scorer: Scorer, name: string): Output => ({
  row: ({ file, at, question, row }) => writeLine({ file, at, question, score: row.score, ...row.details }),
  end: (files, all) =>
    writeLine({
      scorer: name,
      ...figures(all.all),
      groups: groupFigures(all),
      files: files.map(({ name: file, totals }) => ({
        file,
        ...figures(totals.all),
        groups: groupFigures(totals),
        ...(scorer.prints && totals.all.rows > 0 ? { prints: scorer.prints(totals.all) } : {}),
      })),
    }),
});

const figures = (total: Total) => ({
  rows: total.rows,
  scored: total.scored,
  correct: total.correct,
  mean: meanOf(total),
});

const groupFigures = ({ groups }: Totals) =>
  Object.fromEntries([...groups].map(([group, total]) => [group, figures(total)]));

/** A table per file, and one of all files together where there are several. */
export const tableOutput = (scorer: Scorer, name: string): Output => ({
  row: async () => {},
  end: async (files, all) => {
    for (const { name: file, totals } of files) {
      say(tableOf(`${file}, ${name}`, totals));
      if (scorer.prints && totals.all.rows > 0) say(scorer.prints(totals.all));
      say('');
    }
    if (files.length > 1) say(`${tableOf(`${files.length} files, ${name}`, all)}\n`);
  },
});

const columns = ['rows', 'scored', 'correct', 'mean'] as const;

const tableOf = (title: string, { groups, all }: Totals): string => {
  const body = [...groups].map(([group, total]) => [group || '(no type)', ...cells(total)]);
  const lines = [['', ...columns], ...body, ['all', ...cells(all)]];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const format = (line: readonly string[]): string =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [title, ...lines.map((line) => `  ${format(line)}`)].join('\n');
};

const cells = (total: Total): readonly string[] => [
  String(total.rows),
  String(total.scored),
  String(total.correct),
  meanOf(total)?.toFixed(4) ?? '–',
];
