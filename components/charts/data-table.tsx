import type { Route } from 'next';
import Link from 'next/link';
import { cx } from '@/components/ui/cx';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { cellText, headText } from './cell-text';

/** The rows behind a chart. The first cell names its row and leads to the rollouts behind it. */
export const DataTable = ({ columns, rows }: ChartData) => (
  <table className="w-full text-left tabular-nums">
    <thead>
      <tr>
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            className={cx(
              'sticky top-0 whitespace-nowrap bg-surface py-1 pr-4 font-medium text-ink-2 text-xs last:pr-0',
              column.format !== 'text' && 'text-right',
            )}
          >
            {headText(column)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map(({ key, cells, href }) => (
        <tr key={key} className="border-line border-t">
          {columns.map((column, at) => {
            const Tag = at === 0 ? 'th' : 'td';
            const text = cellText(column, cells[column.key]);
            return (
              <Tag
                key={column.key}
                {...(at === 0 ? { scope: 'row' } : {})}
                className={cx(
                  'whitespace-nowrap py-1 pr-4 font-normal last:pr-0',
                  column.format === 'text' ? 'text-left' : 'text-right',
                )}
              >
                {at === 0 && href !== null ? (
                  // Addresses of the studio, made by its own functions (components/runs/rollout-links.ts).
                  <Link href={href as Route} className="text-accent hover:underline">
                    {text}
                  </Link>
                ) : (
                  text
                )}
              </Tag>
            );
          })}
        </tr>
      ))}
    </tbody>
  </table>
);
