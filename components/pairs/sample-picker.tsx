'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { cx } from '@/components/ui/cx';
import { Dialog } from '@/components/ui/dialog';
import { Key } from '@/components/ui/key';
import { Failed, Loading } from '@/components/ui/states';
import type { SideName } from '@/lib/domain/pairs/life';
import type { PairSampleText, PairView } from '@/lib/domain/pairs/pair-view';
import { pairSamplesQuery } from '@/lib/queries/pairs';
import { SampleMarks } from './sample-marks';

type SamplePickerProps = {
  pair: PairView;
  side: SideName;
  onPick: (sample: PairSampleText) => void;
  onClose: () => void;
};

const NUMBER_KEYS = 9;
/** Samples of one question begin alike; they differ where they end. */
const PREVIEW_CHARACTERS = 300;
const endOf = (text: string): string =>
  text.length <= PREVIEW_CHARACTERS ? text : `…${text.slice(-PREVIEW_CHARACTERS)}`;

/** Why a sample cannot be picked; null when it can. */
const objectionTo = (sample: PairSampleText, pair: PairView, side: SideName): string | null => {
  const other = side === 'chosen' ? pair.rejected : pair.chosen;
  if (sample.rolloutId === pair[side].rolloutId) return 'on this side now';
  if (sample.rolloutId === other.rolloutId || sample.text.trim() === other.text.trim()) return 'on the other side';
  return null;
};

const usePickKeys = (samples: readonly PairSampleText[], pick: (sample: PairSampleText) => void): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
      const sample = samples[Number(event.key) - 1];
      if (sample) pick(sample);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [samples, pick]);
};

const NONE: readonly PairSampleText[] = [];

/** The group's samples, one of which takes a side of the pair; number keys pick. */
export const SamplePicker = ({ pair, side, onPick, onClose }: SamplePickerProps) => {
  const { data, error, refetch } = useQuery(pairSamplesQuery(pair.id));
  const pick = (sample: PairSampleText) => {
    if (objectionTo(sample, pair, side) === null) onPick(sample);
  };
  usePickKeys(data ?? NONE, pick);
  return (
    <Dialog title={`Pick the ${side} sample`} open onOpenChange={(open) => !open && onClose()}>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading what="the samples" />}
      <ol className="flex flex-col gap-2">
        {data?.map((sample, at) => {
          const objection = objectionTo(sample, pair, side);
          return (
            <li key={sample.rolloutId}>
              <button
                type="button"
                disabled={objection !== null}
                onClick={() => pick(sample)}
                className={cx(
                  'flex w-full flex-col gap-1 rounded-md border border-line p-2 text-left',
                  objection === null ? 'hover:border-line-strong hover:bg-sunken' : 'cursor-not-allowed opacity-60',
                )}
              >
                <span className="flex flex-wrap items-center gap-2">
                  {at < NUMBER_KEYS && <Key>{String(at + 1)}</Key>}
                  <span className="font-medium">Sample {sample.sample}</span>
                  {sample.answer !== null && (
                    <span className="max-w-40 truncate text-ink-2">answers {sample.answer}</span>
                  )}
                  <SampleMarks sample={sample} />
                  {objection && <span className="text-ink-2">{objection}</span>}
                </span>
                <span className="line-clamp-4 break-words text-ink-2">{endOf(sample.text)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
};
