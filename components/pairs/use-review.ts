'use client';
/** Deciding: an act shows at once, waits in the outbox until the server has it, and can be taken back. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PairRequest, PairView } from '@/lib/domain/pairs/pair-view';
import { pairKeys } from '@/lib/queries/pairs';
import { actSays, undoneSays } from './act-text';
import type { Outbox } from './outbox';
import { checkRequest } from './overlay';
import type { Queue } from './use-queue';

export type Note = { readonly tone: 'plain' | 'bad'; readonly text: string; readonly pairId?: string };
type Past = { readonly pairId: string; readonly before: PairView; readonly vote: boolean };

const OVERVIEW_PACE_MS = 400;

/** Refreshes counts and history a moment after the last of several answers. */
const usePacedRefresh = (client: QueryClient, iterationId: string) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void client.invalidateQueries({ queryKey: pairKeys.overview(iterationId) });
    }, OVERVIEW_PACE_MS);
  }, [client, iterationId]);
};

export type Review = {
  readonly act: (pair: PairView, request: PairRequest, text?: string) => boolean;
  /** Blind: says which side is better, before the verdicts show. */
  readonly vote: (pair: PairView, better: 'chosen' | 'rejected') => void;
  readonly undo: () => void;
  readonly note: Note | null;
  readonly setNote: (note: Note | null) => void;
  /** Pairs as they were before the acts that the waiting undos take back, by the undo's id. */
  readonly before: ReadonlyMap<string, PairView>;
};

export const useReview = (iterationId: string, outbox: Outbox | undefined, queue: Queue): Review => {
  const client = useQueryClient();
  const refresh = usePacedRefresh(client, iterationId);
  const [note, setNote] = useState<Note | null>(null);
  // Filled before the outbox is, whose change draws the page anew.
  const [before] = useState(() => new Map<string, PairView>());
  const past = useRef<Past[]>([]);
  const { move } = queue;

  useEffect(() => {
    if (!outbox) return undefined;
    return outbox.listen({
      answered: (entry, { pair, undone }) => {
        // A read that began before this act must not overwrite its answer.
        void client.cancelQueries({ queryKey: pairKeys.one(pair.id) });
        client.setQueryData(pairKeys.one(pair.id), pair);
        void client.invalidateQueries({ queryKey: pairKeys.history(pair.id) });
        refresh();
        if (entry.kind === 'decide') return;
        const expected = before.get(entry.id);
        before.delete(entry.id);
        // The page showed what it expected at once; who has moved on since must not be taken back.
        if (expected?.id !== pair.id) move({ type: 'show', id: pair.id });
        if (expected && expected.id !== pair.id) void client.invalidateQueries({ queryKey: pairKeys.one(expected.id) });
        if (undone) setNote({ tone: 'plain', text: undoneSays(undone) });
      },
      refused: (entry, error) => {
        before.delete(entry.id);
        refresh();
        void client.invalidateQueries({ queryKey: pairKeys.all });
        const pairId = entry.kind === 'decide' ? entry.pairId : undefined;
        setNote({ tone: 'bad', text: error.message, ...(pairId ? { pairId } : {}) });
      },
      gone: () => void client.invalidateQueries({ queryKey: pairKeys.all }),
    });
  }, [outbox, client, move, refresh, before]);

  const keep = useCallback(
    (pair: PairView, request: PairRequest, text: string | undefined, vote: boolean) => {
      past.current.push({ pairId: pair.id, before: pair, vote });
      outbox?.add({
        kind: 'decide',
        id: crypto.randomUUID(),
        pairId: pair.id,
        request,
        ...(text === undefined ? {} : { text }),
      });
    },
    [outbox],
  );

  const act = useCallback(
    (pair: PairView, request: PairRequest, text = ''): boolean => {
      const decides = request.action === 'approve' || request.action === 'reject';
      const checked = checkRequest(pair, request, text);
      if (!checked.ok) {
        setNote({ tone: 'bad', text: checked.error.message });
        if (decides || request.action === 'skip') move({ type: 'step', by: 1 });
        return false;
      }
      keep(pair, request, request.action.startsWith('replace') ? text : undefined, false);
      setNote({ tone: 'plain', text: actSays(request.action) });
      if (decides) move({ type: 'decided', id: pair.id });
      else if (request.action === 'skip') move({ type: 'skipped', id: pair.id });
      return true;
    },
    [keep, move],
  );

  const vote = useCallback(
    (pair: PairView, better: 'chosen' | 'rejected') => {
      if (better === 'rejected') keep(pair, { action: 'swap' }, undefined, true);
      keep(pair, { action: 'approve' }, undefined, false);
      const agrees = better === 'chosen';
      setNote({
        tone: 'plain',
        text: agrees ? 'Approved: you chose what the rule chose' : 'Swapped and approved: you chose against the rule',
      });
      move({ type: 'decided', id: pair.id });
    },
    [keep, move],
  );

  const undo = useCallback(() => {
    if (!outbox) return;
    const undoOne = (): Past | undefined => {
      const latest = past.current.pop();
      const id = crypto.randomUUID();
      if (latest) before.set(id, latest.before);
      outbox.add({ kind: 'undo', id, iterationId });
      return latest;
    };
    let latest = undoOne();
    // A blind vote for the other side was two acts, and comes back as one.
    const earlier = past.current.at(-1);
    if (latest && earlier?.vote && earlier.pairId === latest.pairId) latest = undoOne();
    if (latest) move({ type: 'show', id: latest.pairId });
    setNote({ tone: 'plain', text: 'Taking your latest decision back…' });
  }, [outbox, iterationId, move, before]);

  return { act, vote, undo, note, setNote, before };
};
