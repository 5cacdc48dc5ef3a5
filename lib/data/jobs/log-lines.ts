import 'server-only';
/** Writing lines of a job's log: the trainer's by the seq of their event, the studio's own before them, below zero. */
import type { PoolClient } from 'pg';
import type { LogLine } from '@/lib/domain/job';
import { roomFor } from './room';
import { storableLine } from './storable';

type NewLine = Omit<LogLine, 'at'> & {
  /** ISO in UTC; null is now. */
  readonly at: string | null;
};

const FULL = 'This log is full: what comes after this line is not kept.';

/** Those that there is room for; the last of them says that there is no more. */
const fitting = (lines: readonly NewLine[], room: number): readonly NewLine[] => {
  if (lines.length < room) return lines;
  return lines
    .slice(0, room)
    .map((line, at) => (at === room - 1 ? { ...line, level: 'warning', message: FULL } : line));
};

/** Adds lines that are not there yet, up to 100,000 of a job. */
export const insertLogLines = async (client: PoolClient, jobId: string, all: readonly NewLine[]): Promise<void> => {
  if (all.length === 0) return;
  const lines = fitting(all, await roomFor(client, 'job_log', jobId));
  if (lines.length === 0) return;
  await client.query(
    `INSERT INTO job_log (job_id, seq, at, level, message, question_id)
     SELECT $1, seq, coalesce(at, now()), level, message, question_id
     FROM unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[]) AS new (seq, at, level, message, question_id)
     ON CONFLICT DO NOTHING`,
    [
      jobId,
      lines.map(({ seq }) => seq),
      lines.map(({ at }) => at),
      lines.map(({ level }) => level),
      lines.map(({ message }) => storableLine(message)),
      lines.map(({ questionId }) => questionId),
    ],
  );
};
