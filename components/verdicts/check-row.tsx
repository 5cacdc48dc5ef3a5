'use client';
import { useState } from 'react';
import { Mark } from '@/components/ui/mark';
import { type RolloutDetail, shownEvidence } from '@/lib/domain/rollouts/detail';
import { outcomeOf } from '@/lib/domain/verdict-correction';
import { CorrectionForm } from './correction-form';
import { JudgeLines } from './judge-lines';
import { checkTitles, type Outcome, valueText } from './outcome';
import { scoreText } from './score-text';
import { OutcomeBadge } from './standing-badges';
import type { CorrectionAct } from './use-corrections';

type CheckRowProps = {
  outcome: Outcome;
  detail: RolloutDetail;
  corrected: boolean;
  onAct: (act: CorrectionAct) => void;
  /** Shows the evidence at this place of `shownEvidence` in the text. */
  onJump: (at: number) => void;
};

const QUOTE_CHARS = 90;

/** One check: what it found, why, where in the text, and the person's word over it. */
export const CheckRow = ({ outcome, detail, corrected, onAct, onJump }: CheckRowProps) => {
  const [form, setForm] = useState<'correct' | 'withdraw'>();
  const { check } = outcome;
  const { verdict } = detail;
  const evidence = shownEvidence(detail)
    .map((one, at) => ({ ...one, at }))
    .filter((one) => one.check === check);
  const reason = verdict?.measures.reasons[check];
  const current = outcomeOf(
    {
      ...(detail.wellFormed !== null && { wellFormed: detail.wellFormed }),
      correct: detail.correct,
      ...(detail.consistency !== null && { consistency: detail.consistency }),
      ...(detail.repetitive !== null && { repetitive: detail.repetitive }),
      ...(detail.lengthClass !== null && { lengthClass: detail.lengthClass }),
    },
    check,
  );
  return (
    <li className="flex flex-col gap-1 border-line border-b px-4 py-2.5 last:border-b-0">
      <div className="flex flex-wrap items-center gap-2">
        <Mark meaning={check} />
        <h3 className="font-medium">{checkTitles[check]}</h3>
        <OutcomeBadge outcome={outcome} />
        <span className="ml-auto text-ink-2 text-xs tabular-nums">{verdict && scoreText(check, verdict.measures)}</span>
      </div>
      {reason && <p className="break-words text-ink-2">{reason}</p>}
      {check === 'consistency' && <JudgeLines detail={detail} />}
      {corrected && verdict && (
        <p className="text-xs">
          Corrected by a person; the verifier said{' '}
          <b className="font-semibold">{valueText(check, outcomeOf(verdict.decided, check))}</b>.
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
        {evidence.slice(0, 4).map(({ at, start, end }) => (
          <button
            key={at}
            type="button"
            onClick={() => onJump(at)}
            className="max-w-full truncate text-accent hover:underline"
          >
            “{detail.response.slice(start, Math.min(end, start + QUOTE_CHARS)).trim()}
            {end - start > QUOTE_CHARS && '…'}”
          </button>
        ))}
        {evidence.length > 4 && <span className="text-ink-3">and {evidence.length - 4} more in the text</span>}
        {verdict && !form && (
          <span className="ml-auto flex gap-3">
            {corrected && (
              <button type="button" onClick={() => setForm('withdraw')} className="text-ink-2 hover:underline">
                Withdraw…
              </button>
            )}
            <button
              type="button"
              aria-label={`Correct ${checkTitles[check].toLowerCase()}`}
              onClick={() => setForm('correct')}
              className="text-ink-2 hover:underline"
            >
              Correct…
            </button>
          </span>
        )}
      </div>
      {form && (
        <CorrectionForm
          check={check}
          current={current}
          withdraw={form === 'withdraw'}
          onAct={onAct}
          onClose={() => setForm(undefined)}
        />
      )}
    </li>
  );
};
