import type { ReactNode } from 'react';

type ChartTableProps = {
  columns: readonly string[];
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
};

/** The rows behind a chart; the first cell of a row names it. */
export const ChartTable = ({ columns, rows }: ChartTableProps) => (
  <table className="w-full text-left">
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col" className="whitespace-nowrap py-1 pr-4 font-medium text-ink-2 text-xs">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map(({ key, cells }) => (
        <tr key={key} className="border-line border-t">
          {cells.map((cell, at) => {
            const Tag = at === 0 ? 'th' : 'td';
            return (
              <Tag
                key={columns[at]}
                {...(at === 0 ? { scope: 'row' } : {})}
                className="whitespace-nowrap py-1 pr-4 text-left font-normal"
              >
                {cell}
              </Tag>
            );
          })}
        </tr>
      ))}
    </tbody>
  </table>
);
