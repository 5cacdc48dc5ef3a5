'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cx } from '@/components/ui/cx';

const tabs = [
  { end: '', label: 'Overview' },
  { end: '/lengths', label: 'Lengths' },
  { end: '/curriculum', label: 'Curriculum' },
] as const;

/** The screens of one run. */
export const RunTabs = ({ runId }: { runId: string }) => {
  const path = usePathname();
  return (
    <nav aria-label="Run" className="-mt-1 overflow-x-auto border-line border-b">
      <ul className="flex gap-1">
        {tabs.map(({ end, label }) => {
          const href: Route = `/runs/${runId}${end}`;
          const here = path === href;
          return (
            <li key={end}>
              <Link
                href={href}
                {...(here ? { 'aria-current': 'page' as const } : {})}
                className={cx(
                  '-mb-px block border-b-2 px-3 py-1.5',
                  here ? 'border-accent font-medium' : 'border-transparent text-ink-2 hover:text-ink',
                )}
              >
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
};
