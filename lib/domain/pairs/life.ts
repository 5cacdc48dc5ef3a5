/**
 * The life of a pair: the fold of its append-only acts over what was proposed.
 *
 * - `approve` and `reject` decide; the last one counts, so that a mind may change.
 * - `swap` exchanges the sides, `replace_*` puts another rollout on one, `edit` rewrites one. None of them decides
 *   or un-decides: a proposed pair stays proposed and needs its approval, an approved one stays approved, since who
 *   changes it then has it on the screen.
 * - `skip` only counts; the queue shows skipped pairs last.
 * - `undo` takes back the latest act that is not undone, of whatever kind. An undo cannot be undone: repeated undo
 *   walks back to the proposal.
 */
import { z } from 'zod';
import { type PairSide, type PairState, pairSideSchema } from '@/lib/domain/pair';

export const sideNames = ['chosen', 'rejected'] as const;
export type SideName = (typeof sideNames)[number];

const plainAct = z.object({ id: z.string(), action: z.enum(['approve', 'reject', 'swap', 'skip']) });
const undoAct = z.object({ id: z.string(), action: z.literal('undo') });
const replaceAct = z.object({
  id: z.string(),
  action: z.enum(['replace_chosen', 'replace_rejected']),
  payload: pairSideSchema,
});
const editAct = z.object({
  id: z.string(),
  action: z.literal('edit'),
  payload: z.object({ side: z.enum(sideNames), text: z.string() }),
});

/** One decision on a pair, as stored. Their order is the caller's: ids need not grow. */
export const pairActSchema = z.discriminatedUnion('action', [plainAct, undoAct, replaceAct, editAct]);
export type PairAct = z.infer<typeof pairActSchema>;

export type PairProposal = { readonly chosen: PairSide; readonly rejected: PairSide };

export type PairLife = {
  readonly state: PairState;
  readonly chosen: PairSide;
  readonly rejected: PairSide;
  /** A text on the pair is no longer what its rollout or rule gave. */
  readonly edited: boolean;
  readonly skips: number;
  /** The act that an undo would take back; null when there is none. */
  readonly lastActId: string | null;
};

type EffectiveAct = Exclude<PairAct, { action: 'undo' }>;
type Side = PairSide & { readonly edited: boolean };
type Fold = { readonly state: PairState; readonly chosen: Side; readonly rejected: Side; readonly skips: number };

/** The acts in force, oldest first: every undo removes the latest one before it, and itself. */
export const actsInForce = (acts: readonly PairAct[]): EffectiveAct[] => {
  const inForce: EffectiveAct[] = [];
  for (const act of acts) {
    if (act.action === 'undo') inForce.pop();
    else inForce.push(act);
  }
  return inForce;
};

const apply = (fold: Fold, act: EffectiveAct): Fold => {
  switch (act.action) {
    case 'approve':
      return { ...fold, state: 'approved' };
    case 'reject':
      return { ...fold, state: 'rejected' };
    case 'skip':
      return { ...fold, skips: fold.skips + 1 };
    case 'swap':
      return { ...fold, chosen: fold.rejected, rejected: fold.chosen };
    case 'replace_chosen':
      return { ...fold, chosen: { ...act.payload, edited: false } };
    case 'replace_rejected':
      return { ...fold, rejected: { ...act.payload, edited: false } };
    case 'edit':
      return { ...fold, [act.payload.side]: { rolloutId: null, text: act.payload.text, edited: true } };
  }
};

const sideOf = ({ rolloutId, text }: Side): PairSide => ({ rolloutId, text });

/**
 * The pair as it stands after `acts`, oldest first. Total: it takes stored acts as they are and never throws; what
 * may be added is for `checkAct` to say.
 */
export const foldPair = (proposal: PairProposal, acts: readonly PairAct[]): PairLife => {
  const inForce = actsInForce(acts);
  const start: Fold = {
    state: 'proposed',
    chosen: { ...proposal.chosen, edited: false },
    rejected: { ...proposal.rejected, edited: false },
    skips: 0,
  };
  const fold = inForce.reduce(apply, start);
  return {
    state: fold.state,
    chosen: sideOf(fold.chosen),
    rejected: sideOf(fold.rejected),
    edited: fold.chosen.edited || fold.rejected.edited,
    skips: fold.skips,
    lastActId: inForce.at(-1)?.id ?? null,
  };
};

/** Why an act is refused: a sentence for the person, with the code of `lib/errors` that fits. */
export type Objection = { code: 'conflict' | 'invalid'; message: string };
export type CheckedAct = { ok: true; data: PairLife } | { ok: false; error: Objection };

/** Whether `act` may follow `acts`: the pair after it, or the objection. Assignable to `Result<PairLife>`. */
export const checkAct = (proposal: PairProposal, acts: readonly PairAct[], act: PairAct): CheckedAct => {
  const now = foldPair(proposal, acts);
  const next = foldPair(proposal, [...acts, act]);
  const objection = objectionTo(act, now, next);
  return objection === undefined ? { ok: true, data: next } : { ok: false, error: objection };
};

const objectionTo = (act: PairAct, now: PairLife, next: PairLife): Objection | undefined => {
  switch (act.action) {
    case 'undo':
      return now.lastActId === null ? conflict('There is nothing left to undo on this pair') : undefined;
    case 'approve':
      return now.state === 'approved' ? conflict('This pair is approved already') : undefined;
    case 'reject':
      return now.state === 'rejected' ? conflict('This pair is rejected already') : undefined;
    case 'skip':
      return now.state === 'proposed'
        ? undefined
        : conflict('This pair is decided: undo the decision before you skip it');
    case 'swap':
      return undefined;
    case 'replace_chosen':
    case 'replace_rejected':
    case 'edit':
      return textObjection(now, next);
  }
};

const conflict = (message: string): Objection => ({ code: 'conflict', message });
const invalid = (message: string): Objection => ({ code: 'invalid', message });

const textObjection = (now: PairLife, next: PairLife): Objection | undefined => {
  const [chosen, rejected] = [next.chosen.text.trim(), next.rejected.text.trim()];
  if (chosen === '' || rejected === '') return invalid('A side of a pair cannot be empty');
  if (chosen === rejected) return invalid('Both sides would hold the same text: there is nothing to prefer');
  if (next.chosen.rolloutId !== null && next.chosen.rolloutId === next.rejected.rolloutId)
    return invalid('Both sides would be the same rollout');
  if (now.chosen.text === next.chosen.text && now.rejected.text === next.rejected.text)
    return conflict('This changes nothing: the side holds that text already');
  return undefined;
};
