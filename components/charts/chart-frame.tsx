import type { ReactNode } from 'react';

type ChartFrameProps = {
  title: string;
  /** Of a chart that is drawn: its panel is found by it. */
  name?: string;
  titleId?: string;
  summaryId?: string;
  actions?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
};

/** The frame of a chart in all its states: the same edges and the same head, so that nothing jumps between them. */
export const ChartFrame = ({ title, name, titleId, summaryId, actions, foot, children }: ChartFrameProps) => (
  <section
    data-chart={name}
    className="min-w-0 rounded-lg border border-line bg-surface"
    {...(titleId === undefined ? { 'aria-label': title } : { 'aria-labelledby': titleId })}
  >
    <header className="flex min-h-10 flex-wrap items-center justify-between gap-x-3 border-line border-b px-4 py-1">
      <h2 className="font-semibold" {...(titleId === undefined ? {} : { id: titleId })}>
        {title}
      </h2>
      {actions && <div className="-mr-2 ml-auto flex flex-wrap items-center justify-end gap-1">{actions}</div>}
    </header>
    <figure
      className="m-0 p-4"
      {...(titleId === undefined ? {} : { 'aria-labelledby': titleId })}
      {...(summaryId === undefined ? {} : { 'aria-describedby': summaryId })}
    >
      {children}
      {/* Two lines at least: the most summaries have. */}
      <figcaption className="mt-3 min-h-8">{foot}</figcaption>
    </figure>
  </section>
);
