'use client';
import { createOutboxes, useOutboxOf } from '@/components/outbox/use-outbox';
import { labelSendSchema } from '@/lib/domain/calibration/sample';
import { sendLabel } from '@/lib/queries/calibration';

const openOutbox = createOutboxes({ name: 'labels', schema: labelSendSchema, send: sendLabel });

/** The labels of this person in this browser that the server has not acknowledged yet. */
export const useLabelOutbox = (viewerId: string) => useOutboxOf(openOutbox, viewerId);
