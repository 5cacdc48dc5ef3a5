'use client';
import { Moon, Sun } from 'lucide-react';
import type { Theme } from '@/lib/domain/theme';
import { setTheme, useTheme } from './use-theme';

/** The other look at one press. */
export const ThemeSwitch = ({ theme: initial }: { theme: Theme }) => {
  const theme = useTheme(initial);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const Icon = theme === 'dark' ? Sun : Moon;
  return (
    <button
      type="button"
      onClick={() => setTheme(other)}
      aria-label={`Use the ${other} theme`}
      className="rounded p-1.5 text-ink-2 hover:bg-sunken"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
};
