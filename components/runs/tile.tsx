import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark, type Meaning } from '@/components/ui/mark';

type TileProps = { label: string; value: string; href: Route; meaning?: Meaning; children?: ReactNode };

/** One figure of the run; the number leads to the rows behind it. */
export const Tile = ({ label, value, href, meaning, children }: TileProps) => (
  <div className="flex min-w-0 flex-col rounded-lg border border-line bg-surface px-3 py-2.5">
    <dt className="flex items-center gap-1.5 text-ink-2 text-xs">
      {meaning && <Mark meaning={meaning} />}
      {label}
    </dt>
    <dd className="mt-0.5">
      <Link
        href={href}
        aria-label={`${label}: ${value}`}
        className="font-semibold text-xl tabular-nums tracking-tight hover:text-accent hover:underline"
      >
        {value}
      </Link>
      <div className="text-ink-2 text-xs">{children}</div>
    </dd>
  </div>
);
