import 'server-only';
/** Writing lines of a job's log: the trainer's by the seq of their event, the studio's own before them, below zero. */
import type { PoolClient } from 'pg';
import type { LogLine } from '@/lib/domain/job';
import { storableLine } from './storable';

type NewLine = Omit<LogLine, 'at'> & {
  /** ISO in UTC; null is now. */
  readonly at: string | null;
};

/** Adds lines that are not there yet. */
export const insertLogLines = async (client: PoolClient, jobId: string, lines: readonly NewLine[]): Promise<void> => {
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
