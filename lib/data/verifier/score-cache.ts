import 'server-only';
/**
 * Snapshots of scores, kept in the process while somebody moves thresholds over them. Each answer asks first whether a
 * verdict or a correction has come since: what is kept is never older than the answer.
 */
import { pool } from '@/lib/data/db';
import { fillGroupTexts, readGroupTexts } from '@/lib/data/pairs/group-texts';
import { createSlots } from '@/lib/data/slots';
import { inTransaction } from '@/lib/data/transaction';
import type { Correction } from '@/lib/domain/verifier/corrections';
import { pairingOf } from '@/lib/domain/verifier/what-if/pairing';
import type { Snapshot } from '@/lib/domain/verifier/what-if/snapshot';
import { log } from '@/lib/log';
import { readScoreCorrections } from './score-corrections';
import { readStamp, renewStamp, type Stamp } from './score-stamp';
import { readScores, type Scores } from './scores';
import type { WhatIfTarget } from './what-if-target';

/** Rollouts in all kept snapshots together: 64 bytes each, so 130 MB. The one in use stays, whatever its size. */
const MOST_ROWS = 2_000_000;

/** How far the texts of the groups have been read. */
export type TextsRead = { readonly read: number; readonly total: number };

export type KeptScores = {
  readonly snapshot: Snapshot;
  readonly unread: number;
  readonly texts: TextsRead;
  /** Another object with every snapshot, for whoever keeps what it worked out. */
  readonly edition: object;
};
type Entry = { -readonly [K in keyof KeptScores]: KeptScores[K] } & {
  readonly groups: Scores['groups'];
  stamp: Stamp;
  corrections: string;
  filling: boolean;
};

const entries = new Map<string, Promise<Entry>>();
const keyOf = ({ runId, iterationId, readingId, judgeId }: WhatIfTarget): string =>
  [runId, iterationId, readingId, judgeId].join(' ');

/** A load holds a connection and sorts in memory: asked about many runs at once, the rest of the studio goes on. */
const twoLoads = createSlots({ atOnce: 2, inLine: 50, busy: 'Many runs are being read: try again in a moment' });

const readAll = (target: WhatIfTarget): Promise<{ readonly stamp: Stamp; readonly scores: Scores }> =>
  inTransaction(async (client) => {
    // One state for both; the sort of 200,000 rows stays in memory.
    await client.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL work_mem = '64MB'`);
    return { stamp: await readStamp(client, target), scores: await readScores(client, target) };
  });

const load = async (target: WhatIfTarget): Promise<Entry> => {
  const { stamp, scores } = await twoLoads(() => readAll(target));
  const texts = { read: 0, total: scores.groups.length };
  const entry: Entry = { ...scores, texts, edition: {}, stamp, corrections: '', filling: false };
  await pair(entry, target);
  return entry;
};

/** Takes over what is kept of the texts; returns the groups whose texts are yet to be read. */
const pair = async (entry: Entry, { runId, iterationId }: WhatIfTarget): Promise<string[]> => {
  const stored = await readGroupTexts(runId, iterationId);
  const bySeq = new Map(stored.map((group) => [group.seq, group]));
  const missing: string[] = [];
  const groups = entry.groups.map(({ seq, samples, standing }) => {
    const group = bySeq.get(seq);
    if (!group || standing === 0) return null;
    if (!group.stored || group.stored.candidates < standing) {
      missing.push(group.groupId);
      return null;
    }
    const rowOf = (sample: number): number | undefined => {
      const row = samples[sample - 1];
      return row === undefined || row < 0 ? undefined : row;
    };
    return { texts: group.stored.texts, rowOf };
  });
  const total = groups.length;
  entry.texts = { read: total - missing.length, total };
  entry.snapshot = { ...entry.snapshot, pairing: pairingOf(groups) };
  entry.edition = {};
  return missing;
};

const oneReader = createSlots({ atOnce: 1, inLine: 1_000, busy: 'Too many texts wait to be read: try later' });

/** Reads the texts that nobody has read yet, beside everything else. */
const fill = (entry: Entry, target: WhatIfTarget): void => {
  if (entry.filling || entry.texts.read >= entry.texts.total) return;
  entry.filling = true;
  const { read, total } = entry.texts;
  const work = async () => {
    const missing = await pair(entry, target);
    await fillGroupTexts(missing, target.versionId, (done) => {
      entry.texts = { read: Math.min(total - 1, read + done), total };
    });
    await pair(entry, target);
  };
  oneReader(work)
    .catch((err: unknown) => log.warn({ err, runId: target.runId }, 'the texts of a run could not be read'))
    .finally(() => {
      entry.filling = false;
    });
};

const correct = async (entry: Entry, target: WhatIfTarget): Promise<void> => {
  const { stamp, bySeq } = await readScoreCorrections(target);
  if (stamp === entry.corrections) return;
  const corrections = new Map<number, readonly Correction[]>();
  entry.snapshot.seqs.forEach((seq, row) => {
    const own = bySeq.get(seq);
    if (own) corrections.set(row, own);
  });
  entry.snapshot = { ...entry.snapshot, corrections };
  entry.corrections = stamp;
  entry.edition = {};
};

/** Drops the snapshots that were used longest ago, until the rest is small enough. */
const forget = async (): Promise<void> => {
  const sizes = await Promise.all(
    [...entries].map(async ([key, entry]) => ({
      key,
      rows: (await entry.catch(() => null))?.snapshot.seqs.length ?? 0,
    })),
  );
  let rows = sizes.reduce((sum, size) => sum + size.rows, 0);
  for (const size of sizes.slice(0, -1)) {
    if (rows <= MOST_ROWS) return;
    entries.delete(size.key);
    rows -= size.rows;
  }
};

const loadOnce = (key: string, target: WhatIfTarget): Promise<Entry> => {
  const loading = load(target);
  entries.set(key, loading);
  loading.catch(() => {
    if (entries.get(key) === loading) entries.delete(key);
  });
  return loading;
};

/** The scores of the target as they are now. The target says who may see them: take it from `getWhatIfTarget`. */
export const keptScores = async (target: WhatIfTarget): Promise<KeptScores> => {
  const key = keyOf(target);
  const known = entries.get(key);
  let entry = await (known ?? loadOnce(key, target));
  if (known) {
    const stamp = await renewStamp(pool, target, entry.stamp);
    if (stamp) entry.stamp = stamp;
    else if (entries.get(key) === known) entry = await loadOnce(key, target);
    else entry = await (entries.get(key) ?? loadOnce(key, target));
  }
  // The one that is used now goes to the end of the line.
  const current = entries.get(key);
  if (current) {
    entries.delete(key);
    entries.set(key, current);
  }
  await correct(entry, target);
  fill(entry, target);
  await forget();
  const { snapshot, unread, texts, edition } = entry;
  return { snapshot, unread, texts, edition };
};
