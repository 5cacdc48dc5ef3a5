'use client';
import Link from 'next/link';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { SaveState } from '@/components/outbox/save-state';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { Progress } from '@/components/ui/progress';
import { Failed, Loading } from '@/components/ui/states';
import { type LabelCheck, type LabelValue, labelChecks } from '@/lib/domain/calibration/label';
import { nextCheck, type SampleDetail } from '@/lib/domain/calibration/sample';
import { ItemStrip } from './item-strip';
import { LabelBar } from './label-bar';
import { LabelItemSkeleton, LabelItemView } from './label-item';
import { type Labelling, nextOpen, useLabelling } from './use-labelling';
import { choices } from './words';

/** What is asked of the item in view, and whether all that the answer needs is there. */
const askedNow = ({ item }: Labelling): { check: LabelCheck | undefined; ready: boolean } => {
  const check = item && nextCheck(item);
  return { check, ready: check === 'consistency' || (check === 'accuracy' && item?.truthShown === true) };
};

/** Keys act on what is on the screen: the latest state, not that of when they were declared. */
const useLabelKeys = (labelling: Labelling): { answer: (value: LabelValue) => void; step: (by: number) => void } => {
  const latest = useRef(labelling);
  useLayoutEffect(() => {
    latest.current = labelling;
  });
  const acts = useMemo(
    () => ({
      answer: (value: LabelValue) => {
        const { check, ready } = askedNow(latest.current);
        if (check && ready && choices[check].some((choice) => choice.value === value)) {
          latest.current.label(latest.current.at, check, value);
        }
      },
      step: (by: number) => latest.current.go(latest.current.at + by),
      undo: () => latest.current.undo(),
      open: () => {
        const { sample, at, go } = latest.current;
        go(nextOpen(sample.places, at + 1) ?? at);
      },
    }),
    [],
  );
  useKeys(
    useMemo((): readonly KeyBinding[] => {
      const byKey = Map.groupBy(
        labelChecks.flatMap((check) => choices[check]),
        ({ key }) => key,
      );
      const answers = [...byKey].map(
        ([key, same]): KeyBinding => ({
          keys: [key],
          says: [...new Set(same.map(({ says }) => says))].join(' / '),
          // Of the choices of this key the one that fits what is asked.
          run: () => {
            const { check } = askedNow(latest.current);
            const choice = check && choices[check].find((one) => one.key === key);
            if (choice) acts.answer(choice.value);
          },
        }),
      );
      return [
        ...answers,
        { keys: ['u'], says: 'Take the latest label back', run: acts.undo },
        { keys: ['j', 'ArrowRight', 'Enter'], says: 'Next item', run: () => acts.step(1) },
        { keys: ['k', 'ArrowLeft'], says: 'Previous item', run: () => acts.step(-1) },
        { keys: ['n'], says: 'Next item that is not answered', run: acts.open },
      ];
    }, [acts]),
  );
  return acts;
};

type LabelScreenProps = { viewerId: string; initial: SampleDetail; at: number | undefined };

/** One item after the other, the verdict hidden until the label is given. */
export const LabelScreen = ({ viewerId, initial, at }: LabelScreenProps) => {
  const labelling = useLabelling(viewerId, initial, at);
  const { answer, step } = useLabelKeys(labelling);
  const { sample, item, itemRead, outbox, outboxState, note } = labelling;
  const { check, ready } = askedNow(labelling);
  const done = sample.places.filter((place) => nextCheck(place) === undefined).length;
  return (
    <Page
      title={`Item ${labelling.at} of ${sample.places.length}`}
      lead={`Sample of ${sample.runName}${sample.k === null ? '' : `, iteration ${sample.k}`}`}
      actions={
        <Button asChild look="quiet">
          <Link href={`/verifier/calibration?sample=${sample.id}`}>Back to calibration</Link>
        </Button>
      }
    >
      <div className="flex items-center gap-3">
        <Progress label="Items answered" done={done} total={sample.places.length} />
        <span className="shrink-0 text-ink-2 tabular-nums">
          {done} of {sample.places.length} answered
        </span>
      </div>
      <ItemStrip places={sample.places} at={labelling.at} onGo={labelling.go} />
      {done === sample.places.length && (
        <p className="rounded-md border border-line bg-sunken px-3 py-2">
          All answered.{' '}
          <Link href={`/verifier/calibration?sample=${sample.id}`} className="text-accent hover:underline">
            Read how well the verifier agrees with you
          </Link>
        </p>
      )}
      {itemRead.error && <Failed error={itemRead.error} onRetry={() => void itemRead.refetch()} />}
      {item ? (
        <LabelItemView item={item} />
      ) : (
        !itemRead.error && (
          <Loading what="the item">
            <LabelItemSkeleton />
          </Loading>
        )
      )}
      <LabelBar
        check={check}
        ready={ready}
        note={check === 'accuracy' && !ready ? 'Fetching the truth…' : note}
        onLabel={answer}
        onStep={step}
        onUndo={labelling.undo}
      >
        <SaveState what="label" state={outboxState} outbox={outbox} />
      </LabelBar>
    </Page>
  );
};
