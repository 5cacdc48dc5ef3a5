/**
 * Ids from content: the same file twice, a grown file, or the same rows in another order give the same ids, so
 * that importing is idempotent with nothing but `ON CONFLICT DO NOTHING`.
 */
import type { Stage } from '@/lib/domain/rollout';
import { digest } from './digest';
import { IdTable } from './id-table';
import type { ImportedQuestion } from './import-record';

/** UUID (RFC 9562 version 8) of the first 16 bytes of the digest of the parts, in order. */
export const contentId = (...parts: readonly string[]): string => uuidOf(digest(...parts));

const uuidOf = (hex: string): string => {
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
};

/** Id of a question in a set. Only the key counts: readers put into it whatever tells two questions apart. */
export const questionId = (questionSetId: string, question: Pick<ImportedQuestion, 'key'>): string =>
  contentId('question', questionSetId, question.key);

export type GroupIdentity = {
  readonly iterationId: string;
  readonly stage: Stage;
  readonly step: number;
  /** As the file states it; null makes the question itself the group. */
  readonly groupKey: string | null;
  readonly questionId: string;
};

/** Id of a group. The question always counts, so that a reused group key can never join two questions. */
export const groupId = (group: GroupIdentity): string =>
  contentId(
    'group',
    group.iterationId,
    group.stage,
    String(group.step),
    group.groupKey === null ? 'by question' : `by key ${group.groupKey}`,
    group.questionId,
  );

export type SampleIdentity = {
  readonly groupId: string;
  readonly sampleKey: string | null;
  readonly response: string;
  /** Line or record number, for the refusal. */
  readonly at: number;
};

/** `repeated`: this very sample came before in the stream, so that the row can be left out. */
export type Identified =
  | { readonly ok: true; readonly id: string; readonly repeated: boolean }
  | { readonly ok: false; readonly reason: string };

/**
 * Gives each rollout of one stream its id; keep one per file, in file order.
 * With a sample key the id is (group, source, key). Without one it is (group, source, text, how many times this
 * text came before in this group), so that a model that says the same thing twice has two samples, and different
 * files (`sourceLabel`, the file's stem) are different samples even with equal texts.
 */
export const sampleIdentity = (sourceLabel: string): ((sample: SampleIdentity) => Identified) => {
  const seen = new IdTable();
  return ({ groupId: group, sampleKey, response, at }) => {
    const text = digest(response);
    if (sampleKey === null) {
      const base = digest('text', group, sourceLabel, text);
      const [occurrence] = seen.get(base) ?? [0, 0, 0];
      seen.set(base, [occurrence + 1, 0, 0]);
      return { ok: true, id: contentId('sample', base, String(occurrence)), repeated: false };
    }
    const keyed = digest('key', group, sourceLabel, sampleKey);
    const high = Number.parseInt(text.slice(0, 8), 16);
    const low = Number.parseInt(text.slice(8, 16), 16);
    const before = seen.get(keyed);
    if (before === undefined) seen.set(keyed, [high, low, at]);
    else if (before[0] !== high || before[1] !== low) {
      const reason = `Sample id ${JSON.stringify(sampleKey.slice(0, 80))} already names another text, at ${before[2]}.`;
      return { ok: false, reason };
    }
    return { ok: true, id: contentId('sample', keyed), repeated: before !== undefined };
  };
};
