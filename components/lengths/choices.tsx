import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { Key } from '@/components/ui/key';

type ChoicesProps<T extends string> = {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly name: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** The key that does the same. */
  readonly letter?: string;
};

/** One of a few, all of which are seen. */
export const Choices = <T extends string>({ label, options, value, onChange, letter }: ChoicesProps<T>): ReactNode => (
  <fieldset className="flex min-w-0 flex-wrap items-center gap-2">
    <legend className="float-left mr-2 text-ink-2">
      {label} {letter && <Key>{letter}</Key>}
    </legend>
    <span className="inline-flex flex-wrap rounded-md border border-line">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cx(
            'h-7 px-2.5 first:rounded-l-md last:rounded-r-md',
            option.value === value ? 'bg-accent-soft font-medium' : 'text-ink-2 hover:bg-sunken hover:text-ink',
          )}
        >
          {option.name}
        </button>
      ))}
    </span>
  </fieldset>
);
