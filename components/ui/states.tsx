import type { ReactNode } from 'react';
import { Button } from './button';
import { cx } from './cx';

/** Nothing here yet: says why, and what to do. */
export const Empty = ({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) => (
  <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
    <p className="font-semibold">{title}</p>
    {children && <div className="max-w-prose text-ink-2">{children}</div>}
    {action && <div className="mt-2">{action}</div>}
  </div>
);

/** A failure in one sentence, with a way on. */
export const Failed = ({ error, onRetry }: { error: Error; onRetry?: () => void }) => (
  <div role="alert" className="flex flex-wrap items-center gap-3 rounded-md border border-bad bg-bad-soft px-3 py-2">
    <span>{error.message}</span>
    {onRetry && <Button onClick={onRetry}>Try again</Button>}
  </div>
);

/** Holds the place of what is loading, so that nothing jumps. */
export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={cx('animate-pulse rounded bg-sunken', className)} />
);

/** Text for screen readers while a skeleton shows. */
export const Loading = ({ what, children }: { what: string; children?: ReactNode }) => (
  <div role="status" aria-label={`Loading ${what}`}>
    {children ?? <Skeleton className="h-24 w-full" />}
  </div>
);
