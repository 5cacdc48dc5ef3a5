'use client';
import { Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { THEME_COOKIE, type Theme } from '@/lib/domain/theme';

const YEAR_SECONDS = 31_536_000;

/** Changes the look at once and remembers it for the next page. */
export const ThemeSwitch = ({ theme: initial }: { theme: Theme }) => {
  const [theme, setTheme] = useState(initial);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const change = () => {
    document.documentElement.dataset.theme = other;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `${THEME_COOKIE}=${other}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    setTheme(other);
  };
  const Icon = theme === 'dark' ? Sun : Moon;
  return (
    <button
      type="button"
      onClick={change}
      aria-label={`Use the ${other} theme`}
      className="rounded p-1.5 text-ink-2 hover:bg-sunken"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
};
