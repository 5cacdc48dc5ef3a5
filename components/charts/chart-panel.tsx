'use client';
import { type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { ChartContext } from './chart-context';
import { ChartFrame } from './chart-frame';
import { DataTable } from './data-table';
import { SaveMenu } from './save-menu';

type ChartPanelProps = {
  title: string;
  /** What the chart shows, in a sentence or two with its figures: shown below and read with the picture. */
  summary: string;
  /** The same as rows: the table and the CSV. */
  data: ChartData;
  /** Pixels; fixed, so that nothing jumps when the chart is drawn. */
  height: number;
  /** Of the files that are saved, without an ending. */
  name: string;
  /** Such as `Sampled: each point is the mean of 10 steps`. */
  note?: ReactNode;
  /** In the header, before the table and the menu. */
  controls?: ReactNode;
  /** In place of the table of `data`, where rows do more than lead to rollouts. */
  table?: ReactNode;
  children: ReactNode;
};

/** Higher charts scroll inside their panel. */
export const MOST_PX = 560;

/** A chart that can be read as a picture, as a sentence, as a table and as a file. */
export const ChartPanel = ({
  title,
  summary,
  data,
  height,
  name,
  note,
  controls,
  table,
  children,
}: ChartPanelProps) => {
  const [asTable, setAsTable] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const picture = useRef<HTMLDivElement>(null);
  const [titleId, summaryId] = [useId(), useId()];
  const ids = useMemo(() => ({ titleId, summaryId }), [titleId, summaryId]);
  const shown = Math.min(height, MOST_PX);
  return (
    <ChartFrame
      title={title}
      name={name}
      titleId={titleId}
      summaryId={summaryId}
      actions={
        <>
          {controls}
          <Button look="quiet" className="px-2" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            Table
          </Button>
          <SaveMenu
            words={{ title, summary }}
            data={data}
            name={name}
            picture={() => picture.current}
            onError={setFailure}
          />
        </>
      }
      foot={
        <>
          {failure !== null && (
            <p role="alert" className="mb-1 text-bad text-xs">
              {failure}
            </p>
          )}
          {note && <p className="mb-1 text-ink-2 text-xs">{note}</p>}
          <p id={summaryId} className="text-ink-2 text-xs">
            {summary}
          </p>
        </>
      }
    >
      {asTable ? (
        <section
          className="overflow-auto"
          style={{ height: shown }}
          aria-label={`${title}, as a table`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
        >
          {table ?? <DataTable {...data} />}
        </section>
      ) : (
        // The plot inside takes the focus and scrolls into sight by itself.
        <div className={height > MOST_PX ? 'overflow-y-auto' : ''} style={{ height: shown }}>
          <div ref={picture} data-chart-plot className="relative" style={{ height }}>
            <ChartContext value={ids}>{children}</ChartContext>
          </div>
        </div>
      )}
    </ChartFrame>
  );
};
