'use client';
import type { Route } from 'next';
import { usePathname } from 'next/navigation';
import { Tabs } from '@/components/ui/tabs';

const screens = [
  { end: '', label: 'Overview' },
  { end: '/lengths', label: 'Lengths' },
  { end: '/curriculum', label: 'Curriculum' },
] as const;

/** The screens of one run. */
export const RunTabs = ({ runId }: { runId: string }) => {
  const path = usePathname();
  const tabs = screens.map(({ end, label }) => {
    const href: Route = `/runs/${runId}${end}`;
    return { href, label, here: path === href };
  });
  return <Tabs label="Run" tabs={tabs} />;
};
