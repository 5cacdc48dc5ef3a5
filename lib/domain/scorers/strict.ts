/** The accuracy check of the studio's own verifier with its default settings, and beside it the other checks. */
import type { ImportedRollout } from '@/lib/domain/formats/import-record';
import type { Kind } from '@/lib/domain/question';
import { decide } from '@/lib/domain/verifier/decide';
import { measure } from '@/lib/domain/verifier/measure';
import { type PreparedQuestion, prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import type { RowScore, Scorer } from './scorer';

export const strict: Scorer = {
  summary: 'the studio’s own verifier with its default settings',
  takesKind: true,
  open: ({ kind }) => {
    const prepare = rememberPrepared(kind);
    return ({ rollout }) => ('refused' in rollout ? rollout : scoreRollout(rollout, prepare(rollout)));
  },
};

const MAX_PREPARED = 10_000;

/** Prepares each question once: several rollouts of one question mostly stand close together. */
const rememberPrepared = (kind: Kind | undefined) => {
  const known = new Map<string, PreparedQuestion>();
  return ({ question }: ImportedRollout): PreparedQuestion => {
    const name = JSON.stringify([question.key, question.truth, question.prompt]);
    const prepared = known.get(name) ?? prepareQuestion({ ...question, kind: kind ?? question.kind });
    if (known.size >= MAX_PREPARED) known.clear();
    known.set(name, prepared);
    return prepared;
  };
};

const scoreRollout = (rollout: ImportedRollout, question: PreparedQuestion): RowScore => {
  const measures = measure(question, rollout, defaultVerifierSettings);
  const standing = decide(measures, question.kind, defaultVerifierSettings);
  const { accuracy, reasons } = measures;
  const checks = {
    format: { pass: standing.wellFormed, reason: reasons.format },
    accuracy: { pass: standing.correct, score: accuracy, answer: measures.answer, reason: reasons.accuracy },
    consistency: { result: standing.consistency, concluded: measures.concluded, reason: reasons.consistency },
    repetition: { pass: !standing.repetitive, score: measures.repetition, reason: reasons.repetition },
    length: { result: standing.lengthClass, thinkTokens: measures.thinkTokens, source: measures.tokenSource },
  };
  return { score: accuracy, correct: standing.correct === true, group: question.kind, details: { checks } };
};
