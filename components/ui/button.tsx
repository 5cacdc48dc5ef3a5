import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cx } from './cx';

const looks = {
  primary: 'bg-accent text-accent-ink hover:opacity-90',
  plain: 'border border-line bg-surface text-ink hover:bg-sunken',
  quiet: 'text-ink-2 hover:bg-sunken hover:text-ink',
  danger: 'border border-line bg-surface text-bad hover:bg-bad-soft',
} as const;

type ButtonProps = ComponentProps<'button'> & { look?: keyof typeof looks; asChild?: boolean };

/** The one button. `asChild` lends its look to a link. */
export const Button = ({ look = 'plain', asChild = false, className, type, ...rest }: ButtonProps) => {
  const Tag = asChild ? Slot.Root : 'button';
  return (
    <Tag
      {...(asChild ? {} : { type: type ?? 'button' })}
      className={cx(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md px-3 font-medium whitespace-nowrap',
        'disabled:cursor-not-allowed disabled:opacity-50',
        looks[look],
        className,
      )}
      {...rest}
    />
  );
};
