'use client';
import { Panel } from '@/components/ui/panel';
import { type Aspect, aspects, type Outcome } from '@/lib/domain/comparison/outcome';
import { nameAmong } from '@/lib/domain/comparison/pairing-text';
import type { ComparedSlice, SideChange } from '@/lib/domain/comparison/schema';
import type { Narrow } from '@/lib/domain/slices/narrow';
import { formatSlice } from '@/lib/domain/slices/slice';
import { counted } from '@/lib/domain/text/counted';
import { FlipMatrix } from './flip-matrix';
import { FlipQuestions } from './flip-questions';
import { useFlipPlace } from './use-flip-place';

type FlipPanelProps = {
  readonly slices: readonly ComparedSlice[];
  readonly base: ComparedSlice;
  readonly other: ComparedSlice;
  readonly change: SideChange;
  readonly narrow: Narrow;
};

const plain = ({ runId, k, stage }: ComparedSlice) => ({ runId, k, stage });

/** What became of the questions that both slices asked, counted and listed. */
export const FlipPanel = ({ slices, base, other, change, narrow }: FlipPanelProps) => {
  const [place, setPlace] = useFlipPlace();
  const open = place && formatSlice(place.other) === formatSlice(other) ? place : null;
  const names = { base: nameAmong(base, slices), other: nameAmong(other, slices) };
  const toggle = (aspect: Aspect, from: Outcome, to: Outcome) => {
    const isOpen = open?.aspect === aspect && open.from === from && open.to === to;
    setPlace(isOpen ? null : { other: plain(other), aspect, from, to });
  };
  const openCount =
    open &&
    (change.flips[open.aspect].counts.find(({ from, to }) => from === open.from && to === open.to)?.questions ?? 0);
  return (
    <Panel title={`Flips: ${names.base} → ${names.other}`} flush>
      {change.pairing.shared === 0 ? (
        <p className="p-4 text-ink-2">The two have no question in common, so nothing can flip.</p>
      ) : (
        <>
          <div className="grid gap-6 p-4 lg:grid-cols-2">
            {aspects.map((aspect) => (
              <FlipMatrix
                key={aspect}
                aspect={aspect}
                table={change.flips[aspect]}
                names={names}
                open={open?.aspect === aspect ? open : null}
                onOpen={(from, to) => toggle(aspect, from, to)}
              />
            ))}
          </div>
          <p className="px-4 pb-3 text-ink-2 text-xs">
            Over the {counted(change.pairing.shared, 'question')} that both asked. A question is right where more than
            half of its rollouts with a truth are, wrong where fewer are, split at exactly half; consistent and
            inconsistent likewise among those decided. A count opens its questions.
          </p>
        </>
      )}
      {open && openCount !== null && (
        <FlipQuestions
          pair={[plain(base), plain(other)]}
          names={names}
          narrow={narrow}
          asked={{ aspect: open.aspect, from: open.from, to: open.to }}
          count={openCount}
          onClose={() => setPlace(null)}
        />
      )}
    </Panel>
  );
};
