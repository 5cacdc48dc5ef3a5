'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { Page } from '@/components/ui/page';

const tabs = [
  { href: '/verifier', label: 'Versions' },
  { href: '/verifier/thresholds', label: 'Thresholds' },
  { href: '/verifier/judges', label: 'Judges' },
  { href: '/verifier/calibration', label: 'Calibration' },
] as const satisfies readonly { href: Route; label: string }[];

type FrameProps = { readonly lead: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode };

/** The frame of the verifier's four screens. */
export const VerifierFrame = ({ lead, actions, children }: FrameProps) => {
  const path = usePathname();
  return (
    <Page title="Verifier" lead={lead} actions={actions}>
      <nav aria-label="Verifier" className="-mt-1 overflow-x-auto border-line border-b">
        <ul className="flex gap-1">
          {tabs.map(({ href, label }) => {
            const here = href === '/verifier' ? path === href : path.startsWith(href);
            return (
              <li key={href}>
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
      {children}
    </Page>
  );
};
