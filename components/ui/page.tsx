import type { ReactNode } from 'react';

type PageProps = { title: ReactNode; lead?: ReactNode; actions?: ReactNode; children: ReactNode };

/** The frame of every page: one heading, a line under it, its actions at the right. */
export const Page = ({ title, lead, actions, children }: PageProps) => (
  <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 p-4 lg:p-6">
    <header className="flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0">
        <h1 className="break-words font-semibold text-xl tracking-tight">{title}</h1>
        {lead && <div className="mt-0.5 text-ink-2">{lead}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
    {children}
  </div>
);
