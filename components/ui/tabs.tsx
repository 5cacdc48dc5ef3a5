import type { Route } from 'next';
import Link from 'next/link';
import { cx } from './cx';

type TabsProps = {
  /** What the screens are of. */
  label: string;
  tabs: readonly { readonly href: Route; readonly label: string; readonly here: boolean }[];
};

/** Screens that belong together, each at its own address. */
export const Tabs = ({ label, tabs }: TabsProps) => (
  <nav aria-label={label} className="-mt-1 overflow-x-auto border-line border-b">
    <ul className="flex gap-1">
      {tabs.map((tab) => (
        <li key={tab.href}>
          <Link
            href={tab.href}
            {...(tab.here ? { 'aria-current': 'page' as const } : {})}
            className={cx(
              '-mb-px block border-b-2 px-3 py-1.5',
              tab.here ? 'border-accent font-medium' : 'border-transparent text-ink-2 hover:text-ink',
            )}
          >
            {tab.label}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
