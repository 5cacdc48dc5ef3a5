import 'server-only';
/** What an import task must remember to be run again by another worker after a crash. */
import { z } from 'zod';
import { formats } from '@/lib/domain/formats/import-record';
import { stageSchema } from '@/lib/domain/rollout';

/** Where the bytes are. A `stream` came over HTTP and cannot be read again: its sender repeats it. */
export const importPlaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upload'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.object({ kind: z.literal('path'), path: z.string() }),
  z.object({ kind: z.literal('stream') }),
]);
export type ImportPlace = z.infer<typeof importPlaceSchema>;

/** Who does the work: a worker for the screen, the command or the request itself for the others. */
export const importDoors = ['screen', 'command', 'api'] as const;

export const importPayloadSchema = z.object({
  door: z.enum(importDoors),
  place: importPlaceSchema,
  format: z.enum(formats),
  runId: z.uuid().nullable(),
  iterationId: z.uuid().nullable(),
  questionSetId: z.uuid(),
  stage: stageSchema,
  /** Which file or sender the samples come from; part of their identity. */
  source: z.string(),
  /** Whether the person named the source: then equal bytes under another source are other samples. */
  sourceGiven: z.boolean(),
});
export type ImportPayload = z.infer<typeof importPayloadSchema>;
