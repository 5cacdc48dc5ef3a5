'use client';
import { useSyncExternalStore } from 'react';
import { THEME_COOKIE, type Theme, themeSchema } from '@/lib/domain/theme';

const YEAR_SECONDS = 31_536_000;

const subscribe = (changed: () => void) => {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
};
const read = (): Theme => themeSchema.catch('light').parse(document.documentElement.dataset.theme);

/** The look the page has; several switches on one page agree. `initial` is what the server painted. */
export const useTheme = (initial: Theme): Theme => useSyncExternalStore(subscribe, read, () => initial);

/** Changes the look at once and remembers it for the next page. */
export const setTheme = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
};
