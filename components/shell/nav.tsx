'use client';
import {
  Boxes,
  CircleHelp,
  FileInput,
  FlaskConical,
  GitCompareArrows,
  Layers,
  ListChecks,
  Menu,
  Rocket,
  Scale,
  ScanSearch,
  Settings,
} from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { TaskBar } from '@/components/tasks/task-bar';
import { cx } from '@/components/ui/cx';
import type { Theme } from '@/lib/domain/theme';
import { ThemeSwitch } from './theme-switch';

const places = [
  { href: '/runs', label: 'Runs', icon: Layers },
  { href: '/rollouts', label: 'Rollouts', icon: ScanSearch },
  { href: '/compare', label: 'Compare', icon: Scale },
  { href: '/pairs', label: 'Pairs', icon: GitCompareArrows },
  { href: '/pair-sets', label: 'Pair sets', icon: Boxes },
  { href: '/question-sets', label: 'Question sets', icon: ListChecks },
  { href: '/verifier', label: 'Verifier', icon: FlaskConical },
  { href: '/train', label: 'Train', icon: Rocket },
  { href: '/imports', label: 'Import', icon: FileInput },
  { href: '/settings', label: 'Settings', icon: Settings },
] as const satisfies readonly { href: Route; label: string; icon: unknown }[];

/** The rooms of the studio: a column on wide screens, a menu on narrow ones. */
export const Nav = ({ theme }: { theme: Theme }) => {
  const path = usePathname();
  const [open, setOpen] = useState(false);
  return (
    <nav
      aria-label="Studio"
      className="z-30 border-line border-b bg-surface md:sticky md:top-0 md:flex md:h-screen md:w-48 md:flex-col md:border-r md:border-b-0"
    >
      <div className="flex h-12 items-center justify-between px-3">
        <Link href="/runs" className="flex items-center gap-2 font-semibold tracking-tight">
          <span
            aria-hidden
            className="grid size-6 place-items-center rounded bg-accent font-bold text-accent-ink text-xs"
          >
            V
          </span>
          VerIPO Studio
        </Link>
        <button
          type="button"
          aria-expanded={open}
          aria-controls="places"
          aria-label="Menu"
          className="rounded p-2 hover:bg-sunken md:hidden"
          onClick={() => setOpen(!open)}
        >
          <Menu aria-hidden className="size-5" />
        </button>
      </div>
      <div
        id="places"
        className={cx('flex-1 flex-col justify-between gap-2 px-2 pb-3 md:flex', open ? 'flex' : 'hidden')}
      >
        <ul className="flex flex-col gap-0.5">
          {places.map(({ href, label, icon: Icon }) => {
            const here = path === href || path.startsWith(`${href}/`);
            return (
              <li key={href}>
                <Link
                  href={href}
                  {...(here ? { 'aria-current': 'page' as const } : {})}
                  onClick={() => setOpen(false)}
                  className={cx(
                    'flex h-8 items-center gap-2 rounded-md px-2',
                    here ? 'bg-accent-soft font-medium text-ink' : 'text-ink-2 hover:bg-sunken hover:text-ink',
                  )}
                >
                  <Icon aria-hidden className="size-4" />
                  {label}
                </Link>
              </li>
            );
          })}
        </ul>
        <div className="flex items-center justify-between gap-2 px-1">
          <ThemeSwitch theme={theme} />
          <span className="hidden items-center gap-1 text-ink-3 text-xs md:flex">
            <CircleHelp aria-hidden className="size-3.5" /> press ?
          </span>
        </div>
      </div>
      <TaskBar />
    </nav>
  );
};
