'use client';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';

type ChartPanelProps = {
  title: string;
  /** What the chart shows, in a sentence or two with its figures: read out instead of the picture. */
  summary: string;
  /** Same data as rows. */
  table: ReactNode;
  /** Pixels; fixed, so that nothing jumps when the chart is drawn. */
  height: number;
  children: ReactNode;
};

/** A chart that can be read three ways: as a picture, as a sentence, as a table. */
export const ChartPanel = ({ title, summary, table, height, children }: ChartPanelProps) => {
  const [asTable, setAsTable] = useState(false);
  return (
    <Panel
      title={title}
      className="min-w-0"
      actions={
        <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </Button>
      }
    >
      {asTable ? (
        <section
          className="overflow-auto"
          style={{ minHeight: height }}
          aria-label={`${title}, as a table`}
          tabIndex={-1}
        >
          {table}
        </section>
      ) : (
        <div role="img" aria-label={summary} style={{ height }}>
          {children}
        </div>
      )}
      <p className="mt-2 text-ink-2 text-xs">{summary}</p>
    </Panel>
  );
};
