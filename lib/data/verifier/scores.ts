import 'server-only';
/** The stored scores of a run's verified rollouts in columns: one read of narrow rows, as bytes. */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { kinds } from '@/lib/domain/question';
import { consistencies } from '@/lib/domain/verdict';
import { pairingOf } from '@/lib/domain/verifier/what-if/pairing';
import { NOT_JUDGED, type Snapshot } from '@/lib/domain/verifier/what-if/snapshot';
import type { WhatIfTarget } from './what-if-target';

/** The place of a column's value in a list of words, as SQL. */
const placeOf = (column: string, words: readonly string[]): string =>
  `CASE ${column} ${words.map((word, at) => `WHEN '${word}' THEN ${at}`).join(' ')} END`;

/**
 * 40 bytes a rollout, group by group, samples in the order of their numbers. Scores go through their shortest decimals,
 * as every other reader of these `real` columns gets them: 0.9 is 0.9, not 0.89999998.
 */
const READ = `
  SELECT string_agg(int8send(g_seq) || int8send(seq) || int4send(bits) || float8send(accuracy) || float8send(repetition)
                    || int4send(think_tokens), ''::bytea) AS bytes
  FROM (
    SELECT g.seq AS g_seq, r.seq, coalesce(v.think_tokens, 0) AS think_tokens,
           coalesce(v.accuracy::text::float8, 'NaN') AS accuracy, coalesce(v.repetition::text::float8, 0) AS repetition,
           ${placeOf('r.kind', kinds)}
             | CASE WHEN v.well_formed THEN 8 ELSE 0 END | CASE WHEN v.cut_off THEN 16 ELSE 0 END
             | (coalesce(${placeOf('v.consistency', consistencies)}, 0) << 5)
             | (coalesce(1 + ${placeOf('j.consistency', consistencies)}, 0) << 7)
             | CASE WHEN v.rollout_id IS NULL THEN 0 ELSE 512 END
             | CASE WHEN r.well_formed IS NULL THEN 0 ELSE 1024 END AS bits
    FROM rollout r JOIN rollout_group g ON g.id = r.group_id
      LEFT JOIN verdict v ON v.rollout_id = r.id AND v.reading_id = $3
      LEFT JOIN judgement j ON j.rollout_id = r.id AND j.reading_id = $3 AND j.judge_id = $4
    WHERE r.run_id = $1 AND r.project_id = $5 AND ($2::uuid IS NULL OR r.iteration_id = $2)
    ORDER BY g.seq, r.sample_index NULLS LAST, r.seq
  ) scored`;
const ROW_BYTES = 40;

/** A group of the snapshot: `samples` are its rows by sample number, -1 where that sample has no verdict. */
export type ScoredGroup = {
  readonly seq: number;
  readonly samples: readonly number[];
  /** Rollouts that stand under any version, which is what pairs are proposed from. */
  readonly standing: number;
};
export type Scores = {
  /** Without corrections and without texts. */
  readonly snapshot: Snapshot;
  readonly groups: readonly ScoredGroup[];
  /** Rollouts of the run or iteration that have no verdict of this reading. */
  readonly unread: number;
};

type OpenGroup = { readonly seq: number; readonly samples: number[]; standing: number };

const decode = (bytes: Buffer): Scores => {
  const most = bytes.byteLength / ROW_BYTES;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const columns = {
    seqs: new Float64Array(most),
    kinds: new Uint8Array(most),
    wellFormed: new Uint8Array(most),
    cutOff: new Uint8Array(most),
    accuracy: new Float64Array(most),
    consistency: new Uint8Array(most),
    judged: new Uint8Array(most),
    repetition: new Float64Array(most),
    thinkTokens: new Int32Array(most),
    groups: new Int32Array(most),
  };
  const groups: OpenGroup[] = [];
  let row = 0;
  for (let at = 0; at < bytes.byteLength; at += ROW_BYTES) {
    const groupSeq = Number(view.getBigInt64(at));
    const bits = view.getInt32(at + 16);
    let group = groups.at(-1);
    if (group?.seq !== groupSeq) {
      group = { seq: groupSeq, samples: [], standing: 0 };
      groups.push(group);
    }
    group.standing += (bits >> 10) & 1;
    if ((bits & 512) === 0) {
      group.samples.push(-1);
      continue;
    }
    group.samples.push(row);
    const judged = (bits >> 7) & 3;
    columns.seqs[row] = Number(view.getBigInt64(at + 8));
    columns.kinds[row] = bits & 7;
    columns.wellFormed[row] = (bits >> 3) & 1;
    columns.cutOff[row] = (bits >> 4) & 1;
    columns.consistency[row] = (bits >> 5) & 3;
    columns.judged[row] = judged === 0 ? NOT_JUDGED : judged - 1;
    columns.accuracy[row] = view.getFloat64(at + 20);
    columns.repetition[row] = view.getFloat64(at + 28);
    columns.thinkTokens[row] = view.getInt32(at + 36);
    columns.groups[row] = groups.length - 1;
    row += 1;
  }
  const cut = <C extends { subarray: (from: number, to: number) => C }>(column: C): C => column.subarray(0, row);
  const snapshot: Snapshot = {
    seqs: cut(columns.seqs),
    kinds: cut(columns.kinds),
    wellFormed: cut(columns.wellFormed),
    cutOff: cut(columns.cutOff),
    accuracy: cut(columns.accuracy),
    consistency: cut(columns.consistency),
    judged: cut(columns.judged),
    repetition: cut(columns.repetition),
    thinkTokens: cut(columns.thinkTokens),
    groups: cut(columns.groups),
    corrections: new Map(),
    pairing: pairingOf([]),
  };
  return { snapshot, groups, unread: most - row };
};

const bytesSchema = z.tuple([z.object({ bytes: z.instanceof(Buffer).nullable() })]);

/** The scores of the target's rollouts under its reading, with what its judge said. */
export const readScores = async (client: PoolClient, target: WhatIfTarget): Promise<Scores> => {
  const { rows } = await client.query(READ, [
    target.runId,
    target.iterationId,
    target.readingId,
    target.judgeId,
    target.projectId,
  ]);
  const [{ bytes }] = bytesSchema.parse(rows);
  return decode(bytes ?? Buffer.alloc(0));
};
