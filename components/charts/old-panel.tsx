'use client';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';

type OldPanelProps = {
  title: string;
  /** What the chart shows, in a sentence or two with its figures: read out instead of the picture. */
  summary: string;
  /** Same data as rows. */
  table: ReactNode;
  /** Pixels; fixed, so that nothing jumps when the chart is drawn. */
  height: number;
  children: ReactNode;
};

/** 36rem at the page's 14 pixels. */
const MOST_PX = 504;

/** A chart that can be read three ways: as a picture, as a sentence, as a table. */
export const OldPanel = ({ title, summary, table, height, children }: OldPanelProps) => {
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
        // Many bars scroll inside the panel, which the keyboard must reach then.
        <div className="max-h-[36rem] overflow-y-auto" {...(height > MOST_PX ? { tabIndex: 0 } : {})}>
          <div role="img" aria-label={summary} style={{ height }}>
            {children}
          </div>
        </div>
      )}
      <p className="mt-2 text-ink-2 text-xs">{summary}</p>
    </Panel>
  );
};
