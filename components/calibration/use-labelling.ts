'use client';
/** Labelling: where one is in the sample, what one has said, and taking it back. Nothing waits for the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LabelCheck, LabelValue } from '@/lib/domain/calibration/label';
import { type ItemPlace, type LabelItem, nextCheck, type SampleDetail } from '@/lib/domain/calibration/sample';
import { calibrationKeys, labelItemQuery, sampleQuery } from '@/lib/queries/calibration';
import { itemAfter, sampleAfter } from './overlay';
import { useLabelOutbox } from './use-label-outbox';

type Act = { readonly position: number; readonly check: LabelCheck };

/** The first item that is not finished, from `from` on and then from the start; undefined when all are. */
export const nextOpen = (places: readonly ItemPlace[], from: number): number | undefined =>
  [...places.slice(from - 1), ...places.slice(0, from - 1)].find((place) => nextCheck(place) !== undefined)?.position;

const clamp = (position: number, count: number): number => Math.max(1, Math.min(count, position));

/** The address keeps the place, so that a reload comes back to it. */
const keepPlace = (position: number): void => {
  const url = new URL(window.location.href);
  url.searchParams.set('at', String(position));
  window.history.replaceState(null, '', url);
};

export const useLabelling = (viewerId: string, initial: SampleDetail, start: number | undefined) => {
  const client = useQueryClient();
  const { outbox, state } = useLabelOutbox(viewerId);
  const { data } = useQuery({ ...sampleQuery(initial.id), initialData: initial });
  const sample = useMemo(() => sampleAfter(data, state.entries), [data, state.entries]);
  const count = sample.places.length;
  const [at, setAt] = useState(() => clamp(start ?? nextOpen(initial.places, 1) ?? 1, count));
  const [note, setNote] = useState<string | null>(null);
  const past = useRef<Act[]>([]);

  const itemRead = useQuery(labelItemQuery(initial.id, at));
  const item: LabelItem | undefined = useMemo(
    () => (itemRead.data?.position === at ? itemAfter(itemRead.data, state.entries) : undefined),
    [itemRead.data, at, state.entries],
  );

  useEffect(() => {
    if (at < count) void client.prefetchQuery(labelItemQuery(initial.id, at + 1));
  }, [client, initial.id, at, count]);

  useEffect(() => {
    if (!outbox) return undefined;
    return outbox.listen({
      answered: (send, answer) => {
        const key = calibrationKeys.item(send.sampleId, send.position);
        void client.cancelQueries({ queryKey: key });
        client.setQueryData(key, answer);
        // The overlay ends with the entry: the list must know what the server knows.
        client.setQueryData<SampleDetail>(
          calibrationKeys.sample(send.sampleId),
          (known) =>
            known && {
              ...known,
              places: known.places.map((place) =>
                place.position === send.position ? { ...place, mine: answer.mine } : place,
              ),
            },
        );
      },
      refused: (send, error) => {
        setNote(`${error.message} (item ${send.position})`);
        void client.invalidateQueries({ queryKey: calibrationKeys.item(send.sampleId, send.position) });
        void client.invalidateQueries({ queryKey: calibrationKeys.sample(send.sampleId) });
      },
      gone: () => void client.invalidateQueries({ queryKey: calibrationKeys.sample(initial.id) }),
    });
  }, [outbox, client, initial.id]);

  const go = useCallback(
    (position: number) => {
      const wanted = clamp(position, count);
      setAt(wanted);
      setNote(null);
      keepPlace(wanted);
    },
    [count],
  );

  const send = useCallback(
    (position: number, check: LabelCheck, value: LabelValue | null) =>
      outbox?.add({ id: crypto.randomUUID(), sampleId: initial.id, position, label: { check, value } }),
    [outbox, initial.id],
  );

  const label = useCallback(
    (position: number, check: LabelCheck, value: LabelValue) => {
      past.current.push({ position, check });
      send(position, check, value);
      setNote(null);
    },
    [send],
  );

  /** Takes the latest label of this page back, else the last one of the item in view. */
  const undo = useCallback(() => {
    const known = past.current.pop();
    const place = sample.places[at - 1];
    const last = place?.asked.filter((check) => place.mine[check]).at(-1);
    const act = known ?? (last && { position: at, check: last });
    if (!act) {
      setNote('There is no label of yours here to take back');
      return;
    }
    send(act.position, act.check, null);
    if (act.position !== at) go(act.position);
    setNote(`Took your ${act.check} label of item ${act.position} back`);
  }, [send, sample.places, at, go]);

  return { sample, item, itemRead, at, note, outbox, outboxState: state, go, label, undo };
};
export type Labelling = ReturnType<typeof useLabelling>;
