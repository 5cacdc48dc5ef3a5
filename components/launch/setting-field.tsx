import { RotateCcw } from 'lucide-react';
import { cx } from '@/components/ui/cx';
import { Field, Input, Select } from '@/components/ui/field';
import { formatBounds } from '@/lib/domain/loop/field-text';
import type { Field as PlanField } from '@/lib/domain/loop/fields';

type SettingFieldProps = {
  field: Pick<PlanField, 'label' | 'says' | 'control' | 'unit' | 'empty'>;
  text: string;
  /** What it goes back to, where it was changed. */
  defaultText: string | null;
  problem: string | undefined;
  onText: (text: string) => void;
  onReset: () => void;
};

const names: Readonly<Record<string, string>> = { true: 'on', false: 'off', '': 'empty' };

/** One setting: its name, its unit, what it means, what it takes, and the way back to its default. */
export const SettingField = ({ field, text, defaultText, problem, onText, onReset }: SettingFieldProps) => {
  const { label, unit, says, control, empty } = field;
  const bounds = formatBounds(control);
  const placeholder = empty ?? '';
  return (
    <Field
      label={
        <>
          {label}
          {unit && <span className="font-normal text-ink-3"> {unit}</span>}
        </>
      }
      aside={
        defaultText !== null && (
          <button
            type="button"
            onClick={onReset}
            className="inline-flex min-w-0 items-center gap-1 rounded bg-accent-soft px-1.5 text-xs hover:underline"
          >
            <RotateCcw aria-hidden className="size-3 shrink-0" />
            <span className="sr-only">Reset {label} to</span>
            <span className="truncate">{names[defaultText] ?? defaultText}</span>
          </button>
        )
      }
      hint={bounds ? `${says} ${bounds.charAt(0).toUpperCase()}${bounds.slice(1)}.` : says}
      errors={problem ? [problem] : undefined}
    >
      {(aria) => {
        switch (control.kind) {
          case 'choice':
            return (
              <Select {...aria} value={text} onChange={({ target }) => onText(target.value)}>
                {control.values.map((value) => (
                  <option key={value} value={value}>
                    {value}
                  </option>
                ))}
              </Select>
            );
          case 'switch':
            return (
              <Select {...aria} value={text} onChange={({ target }) => onText(target.value)}>
                <option value="false">off</option>
                <option value="true">on</option>
              </Select>
            );
          case 'fixed':
            return <Input {...aria} value={text} readOnly className="bg-sunken text-ink-2" />;
          case 'number':
            return (
              <Input
                {...aria}
                inputMode={control.whole ? 'numeric' : 'decimal'}
                autoComplete="off"
                placeholder={placeholder}
                value={text}
                onChange={({ target }) => onText(target.value)}
                className="text-right tabular-nums"
              />
            );
          default:
            return (
              <textarea
                {...aria}
                rows={1}
                placeholder={placeholder}
                value={text}
                onChange={({ target }) => onText(target.value)}
                className={cx(
                  'min-h-8 w-full rounded-md border border-line-strong bg-surface px-2 py-1 text-ink',
                  'placeholder:text-ink-3 aria-invalid:border-bad',
                )}
              />
            );
        }
      }}
    </Field>
  );
};
