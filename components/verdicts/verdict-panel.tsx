'use client';
import { formatFixed } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import { Failed } from '@/components/ui/states';
import type { RolloutDetail } from '@/lib/domain/rollouts/detail';
import { correctedChecks } from '@/lib/domain/verdict-correction';
import { CheckRow } from './check-row';
import { outcomesOf } from './outcome';
import { useCorrections } from './use-corrections';
import { VerdictHistory } from './verdict-history';

/** The five checks of one rollout with their evidence, and what people said about them. */
export const VerdictPanel = ({ detail, onJump }: { detail: RolloutDetail; onJump: (evidenceAt: number) => void }) => {
  const { act, error } = useCorrections(detail.id);
  const { verdict, acts } = detail;
  const corrected = correctedChecks(acts);
  return (
    <Panel
      flush
      title="Verdict"
      actions={
        verdict && (
          <span className="text-ink-3 text-xs">
            {verdict.versionName}, version {verdict.versionNumber}
          </span>
        )
      }
    >
      {error && (
        <div className="p-3">
          <Failed error={error} />
        </div>
      )}
      {!verdict && <p className="border-line border-b px-4 py-3 text-ink-2">Not verified yet: verify its run first.</p>}
      <ul>
        {outcomesOf(detail).map((outcome) => (
          <CheckRow
            key={outcome.check}
            outcome={outcome}
            detail={detail}
            corrected={corrected.has(outcome.check)}
            onAct={act}
            onJump={onJump}
          />
        ))}
      </ul>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-line border-t px-4 py-2.5">
        <dt className="text-ink-2">Reward</dt>
        <dd className="text-right tabular-nums">{formatFixed(detail.reward)}</dd>
        {detail.loggedReward !== null && (
          <>
            <dt className="text-ink-2">Logged reward</dt>
            <dd className="text-right tabular-nums">{formatFixed(detail.loggedReward)}</dd>
          </>
        )}
        {detail.loggedCorrect !== null && (
          <>
            <dt className="text-ink-2">Logged as</dt>
            <dd className="text-right">
              {detail.loggedCorrect ? 'correct' : 'wrong'}
              {detail.disagrees && <b className="ml-2 font-semibold">disagrees with the verdict</b>}
            </dd>
          </>
        )}
      </dl>
      {verdict && acts.length > 0 && <VerdictHistory decided={verdict.decided} acts={acts} />}
    </Panel>
  );
};
