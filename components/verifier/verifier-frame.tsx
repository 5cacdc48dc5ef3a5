'use client';
import type { Route } from 'next';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Page } from '@/components/ui/page';
import { Tabs } from '@/components/ui/tabs';

const screens = [
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
      <Tabs
        label="Verifier"
        tabs={screens.map(({ href, label }) => ({
          href,
          label,
          here: href === '/verifier' ? path === href : path.startsWith(href),
        }))}
      />
      {children}
    </Page>
  );
};
