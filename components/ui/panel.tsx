import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';

type PanelProps = Omit<ComponentProps<'section'>, 'title'> & {
  title?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
};

/** A titled surface. `flush` lets tables and lists reach its edges. */
export const Panel = ({ title, actions, flush = false, className, children, ...rest }: PanelProps) => (
  <section className={cx('rounded-lg border border-line bg-surface', className)} {...rest}>
    {(title || actions) && (
      <header className="flex min-h-10 items-center justify-between gap-3 border-line border-b px-4 py-1.5">
        <h2 className="font-semibold">{title}</h2>
        {actions && <div className="flex items-center gap-2">{actions}</div>}
      </header>
    )}
    <div className={cx(!flush && 'p-4')}>{children}</div>
  </section>
);
