/** The outbox of decisions: what waits in it, and what the server answers. */
import { z } from 'zod';
import type { Outbox as AnyOutbox, OutboxState as AnyState } from '@/components/outbox/outbox';
import { type PairAnswer, pairRequestSchema } from '@/lib/domain/pairs/pair-view';

export const entrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('decide'),
    id: z.uuid(),
    pairId: z.uuid(),
    request: pairRequestSchema,
    /** The text that a replacement brings, for the page that shows it before the server answers. */
    text: z.string().optional(),
  }),
  z.object({ kind: z.literal('undo'), id: z.uuid(), iterationId: z.uuid() }),
]);
export type OutboxEntry = z.infer<typeof entrySchema>;

export type Outbox = AnyOutbox<OutboxEntry, PairAnswer>;
export type OutboxState = AnyState<OutboxEntry>;
