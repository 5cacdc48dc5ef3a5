import type { ComponentProps } from 'react';
import { cx } from './cx';

/** A table that scrolls sideways on narrow screens, by keyboard as well: `label` names the place that scrolls. */
export const WideTable = ({ label, className, ...rest }: ComponentProps<'table'> & { label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <section className="overflow-x-auto" aria-label={label} tabIndex={0}>
    <table className={cx('w-full', className)} {...rest} />
  </section>
);
