'use client';
import { setTheme, useTheme } from '@/components/shell/use-theme';
import { type Theme, themes } from '@/lib/domain/theme';

/** Light or dark; the switch in the navigation does the same. */
export const ThemeChoice = ({ theme: initial }: { theme: Theme }) => {
  const theme = useTheme(initial);
  return (
    <fieldset>
      <legend className="font-medium">Theme</legend>
      <div className="mt-1 flex gap-4">
        {themes.map((name) => (
          <label key={name} className="flex items-center gap-1.5">
            <input
              type="radio"
              name="theme"
              value={name}
              checked={theme === name}
              onChange={() => setTheme(name)}
              className="accent-accent"
            />
            {name === 'light' ? 'Light' : 'Dark'}
          </label>
        ))}
      </div>
    </fieldset>
  );
};
