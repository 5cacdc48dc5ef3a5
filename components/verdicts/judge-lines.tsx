import Link from 'next/link';
import { decidingJudgement, type RolloutDetail } from '@/lib/domain/rollouts/detail';

/**
 * What judges said of the thinking: the one that decided, where the rules found nothing, and those that only report,
 * which no standing follows.
 */
export const JudgeLines = ({ detail }: { detail: RolloutDetail }) => {
  const deciding = decidingJudgement(detail);
  const reports = detail.judgements.filter((one) => one !== deciding);
  if (!deciding && reports.length === 0) return null;
  return (
    <>
      {deciding && (
        <p className="break-words">
          Decided by the judge{' '}
          <Link href="/verifier/judges" className="text-accent hover:underline">
            {deciding.judge}
          </Link>
          : <b className="font-semibold">{deciding.consistency}</b>.{' '}
          <span className="text-ink-2">{deciding.reason}.</span>
        </p>
      )}
      {reports.length > 0 && (
        <ul aria-label="Reports of judges" className="flex flex-col gap-0.5 text-ink-2 text-xs">
          {reports.map(({ judgeId, judge, consistency, reason }) => (
            <li key={judgeId} className="break-words">
              {judge} reports <b className="font-semibold">{consistency}</b>, which decides nothing here. {reason}.
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
