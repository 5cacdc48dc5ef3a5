/** Values of fields as people type and read them. */
import type { Control, Field, Value } from './fields';

/** What a person writes where a text is to be left out, and nothing written means the default. */
const NONE = 'none';

const canBeNone = (control: Control | undefined): boolean => control?.kind === 'text' && control.mayBeEmpty;

/** As a person would write it: 1e-6 rather than 0.000001. */
export const formatValue = (value: Value, control?: Control): string => {
  if (value === '' && canBeNone(control)) return NONE;
  if (value === null) return '';
  if (typeof value === 'number' && value !== 0 && Math.abs(value) < 1e-3) return value.toExponential();
  return String(value);
};

/**
 * The value that a text means. What is no number becomes NaN, which the plan's schema refuses at this field; the caller
 * shows `sayProblem`.
 */
export const parseText = (control: Control, text: string): Value => {
  const typed = text.trim();
  switch (control.kind) {
    case 'number':
      if (typed === '') return control.mayBeEmpty ? null : Number.NaN;
      return Number(typed);
    case 'switch':
      return typed === 'true';
    case 'text':
      if (!canBeNone(control)) return text;
      if (typed === '') return null;
      return typed === NONE ? '' : text;
    default:
      return text;
  }
};

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10 });

/** What a field takes: `1 to 65,536`, `more than 0, at most 5`. Empty where it takes anything. */
export const formatBounds = (control: Control): string => {
  if (control.kind === 'text') return control.most === null ? '' : `at most ${grouped.format(control.most)} characters`;
  if (control.kind !== 'number') return '';
  const { min, max, above, below } = control;
  if (min !== null && max !== null && !above && !below) return `${grouped.format(min)} to ${grouped.format(max)}`;
  const from = min === null ? '' : `${above ? 'more than' : 'at least'} ${grouped.format(min)}`;
  const to = max === null ? '' : `${below ? 'less than' : 'at most'} ${grouped.format(max)}`;
  return [from, to].filter((part) => part !== '').join(', ');
};

/** What is wrong with a field's value, as a sentence; undefined where nothing is. */
export const sayProblem = ({ control, label }: Pick<Field, 'control' | 'label'>, value: Value): string | undefined => {
  switch (control.kind) {
    case 'number': {
      if (value === null) return control.mayBeEmpty ? undefined : `${label} needs a number`;
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${label} needs a number`;
      if (control.whole && !Number.isSafeInteger(value)) return `${label} needs a whole number`;
      const low = control.min !== null && (control.above ? value <= control.min : value < control.min);
      const high = control.max !== null && (control.below ? value >= control.max : value > control.max);
      return low || high ? `${label} must be ${formatBounds(control)}` : undefined;
    }
    case 'text':
      if (typeof value === 'string' && value.length < control.least) return `${label} needs some text`;
      return typeof value === 'string' && control.most !== null && value.length > control.most
        ? `${label} may have ${formatBounds(control)}`
        : undefined;
    case 'choice':
      return control.values.includes(String(value))
        ? undefined
        : `${label} must be one of ${control.values.join(', ')}`;
    default:
      return undefined;
  }
};
