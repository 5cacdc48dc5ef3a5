import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './cx';

const inputClass =
  'h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-ink placeholder:text-ink-3 aria-invalid:border-bad';

type FieldProps = {
  label: ReactNode;
  /** Beside the label: a mark, or a way back. */
  aside?: ReactNode;
  hint?: ReactNode;
  errors?: readonly string[] | undefined;
  className?: string;
  children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
};

/** A labelled control with its hint and its errors, wired for screen readers. */
export const Field = ({ label, aside, hint, errors, className, children }: FieldProps) => {
  const id = useId();
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      {aside ? (
        <div className="flex items-baseline justify-between gap-2">
          <label htmlFor={id} className="font-medium">
            {label}
          </label>
          {aside}
        </div>
      ) : (
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
      )}
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': Boolean(errors?.length) })}
      <div id={`${id}-note`} className="text-ink-2 text-xs empty:hidden">
        {errors?.length ? <span className="text-bad">{errors.join('. ')}</span> : hint}
      </div>
    </div>
  );
};

export const Input = ({ className, ...rest }: ComponentProps<'input'>) => (
  <input className={cx(inputClass, className)} {...rest} />
);

export const Select = ({ className, ...rest }: ComponentProps<'select'>) => (
  <select className={cx(inputClass, 'pr-7', className)} {...rest} />
);
