'use client';
import { RotateCcw } from 'lucide-react';
import { useId, useState } from 'react';
import { Mark } from '@/components/ui/mark';
import { isTokens, type ThresholdName } from '@/lib/domain/verifier/what-if/thresholds';
import { placeOf, stepsOf, thresholdNotes, thresholdText, valueAtStep } from './threshold-notes';

type ThresholdSliderProps = {
  name: ThresholdName;
  value: number;
  saved: number;
  disabled: boolean;
  onMove: (value: number) => void;
};

/** A number as it is typed: passed on as soon as it means one, shown as the threshold has it once left. */
const TypedNumber = ({
  name,
  value,
  disabled,
  onMove,
  label,
}: Omit<ThresholdSliderProps, 'saved'> & { label: string }) => {
  const [typed, setTyped] = useState<string | null>(null);
  const tokens = isTokens(name);
  const type = (text: string) => {
    setTyped(text);
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number) || number < 0) return;
    if (tokens ? Number.isInteger(number) && number <= MOST_TYPED : number <= 1) onMove(number);
  };
  return (
    <input
      type="number"
      aria-label={label}
      disabled={disabled}
      min={0}
      {...(tokens ? { step: 1 } : { max: 1, step: 0.01 })}
      value={typed ?? String(value)}
      onChange={({ target }) => type(target.value)}
      onBlur={() => setTyped(null)}
      className="h-7 w-20 rounded-md border border-line-strong bg-surface px-1.5 text-right tabular-nums disabled:opacity-50"
    />
  );
};
const MOST_TYPED = 10_000_000;

/** One threshold: its slider, the number beside it, and the way back to the saved value. */
export const ThresholdSlider = ({ name, value, saved, disabled, onMove }: ThresholdSliderProps) => {
  const { label, check, hint } = thresholdNotes[name];
  const id = useId();
  const steps = stepsOf(name);
  const isMoved = value !== saved;
  return (
    <div>
      <div className="flex min-h-8 items-center gap-2">
        <Mark meaning={check} />
        <label htmlFor={id} className="min-w-0 flex-1">
          <span className="font-medium">{label}</span> <span className="text-ink-3 text-xs">{hint}</span>
        </label>
        <button
          type="button"
          aria-label={`${label}: back to the saved ${thresholdText(name, saved)}`}
          title={`Back to the saved ${thresholdText(name, saved)}`}
          disabled={!isMoved}
          onClick={() => onMove(saved)}
          className="rounded p-1 text-ink-2 hover:bg-sunken disabled:invisible"
        >
          <RotateCcw aria-hidden className="size-3.5" />
        </button>
        <TypedNumber name={name} value={value} disabled={disabled} onMove={onMove} label={`${label}, as a number`} />
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={steps}
        step={1}
        disabled={disabled}
        value={Math.round(placeOf(name, value) * steps)}
        aria-valuetext={`${thresholdText(name, value)}, saved ${thresholdText(name, saved)}`}
        onChange={({ target }) => onMove(valueAtStep(name, Math.round(Number(target.value)), value))}
        className="m-0 block h-5 w-full accent-accent disabled:opacity-40"
      />
    </div>
  );
};
