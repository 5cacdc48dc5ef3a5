'use client';
import { createOutboxes, useOutboxOf } from '@/components/outbox/use-outbox';
import { sendDecision, sendUndo } from '@/lib/queries/pairs';
import { entrySchema, type Outbox, type OutboxState } from './outbox';

const openOutbox = createOutboxes({
  name: 'outbox',
  schema: entrySchema,
  send: (entry) =>
    entry.kind === 'undo' ? sendUndo(entry.iterationId, entry.id) : sendDecision(entry.pairId, entry.id, entry.request),
});

/** The outbox of this person's decisions in this browser and what waits in it; undefined until the page has come alive. */
export const useOutbox = (viewerId: string): { outbox: Outbox | undefined; state: OutboxState } =>
  useOutboxOf(openOutbox, viewerId);
