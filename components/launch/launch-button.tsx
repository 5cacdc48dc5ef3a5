import { Rocket } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Key } from '@/components/ui/key';
import { Failed } from '@/components/ui/states';
import { SharedNote } from './shared-note';
import type { useLaunch } from './use-launch';

type Launch = ReturnType<typeof useLaunch>;

/** Goes to the first field that is wrong. */
const showProblem = () => {
  const first = document.querySelector<HTMLElement>('form [aria-invalid="true"], form [data-problem]');
  first?.scrollIntoView({ block: 'center' });
  first?.focus({ preventScroll: true });
};

/** Why it cannot be launched, or why it was refused. */
export const LaunchNews = ({ launch: { wrong, whyNot, later, refusal } }: { launch: Launch }) => (
  <div role="status" className="flex flex-col gap-2 empty:hidden">
    {refusal && <Failed error={new Error(refusal)} />}
    <SharedNote />
    {whyNot && <p className="text-ink-2">{whyNot}</p>}
    {later && <p className="text-ink-2">{later}</p>}
    {wrong > 0 && (
      <button type="button" onClick={showProblem} className="self-start text-left text-bad hover:underline">
        {wrong === 1 ? '1 thing is' : `${wrong} things are`} missing or wrong: show {wrong === 1 ? 'it' : 'the first'}
      </button>
    )}
  </div>
);

export const LaunchButton = ({ launch, nextK }: { launch: Launch; nextK: number }) => (
  <div className="flex flex-wrap items-center gap-3">
    <Button type="submit" look="primary" disabled={!launch.canLaunch} className="flex-1">
      <Rocket aria-hidden className="size-4" />
      {launch.pending ? 'Launching…' : `Launch iteration ${nextK}`}
    </Button>
    <span className="hidden items-center gap-1 text-ink-3 text-xs sm:flex">
      <Key>Ctrl/⌘</Key>
      <Key>Enter</Key>
    </span>
  </div>
);
