import { formatPercent } from '@/components/ui/number';
import { Progress } from '@/components/ui/progress';
import { failureNames } from '@/lib/domain/judge/failure';
import type { JudgeView } from '@/lib/domain/judge/judge';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { budgetShare, budgetText, formatMs, formatUsd } from './judge-text';

const Figure = ({ label, value, note }: { label: string; value: string; note?: string }) => (
  <div className="flex min-w-0 flex-col bg-surface px-4 py-2">
    <dt className="text-ink-2 text-xs">{label}</dt>
    <dd className="font-semibold text-base tabular-nums">{value}</dd>
    {note && <dd className="break-words text-ink-2 text-xs tabular-nums">{note}</dd>}
  </div>
);

/** What a judge has cost, how fast it is, what came from the cache and what went wrong. */
export const JudgeUse = ({ judge }: { judge: JudgeView }) => {
  const { use } = judge;
  const requests = use.answered + use.malformed + use.failed + use.underWay;
  const share = budgetShare(judge);
  const failures = use.failures.map(({ kind, count }) => `${formatCount(count)} ${failureNames[kind]}`).join(', ');
  return (
    <div className="flex flex-col">
      <dl
        aria-label={`Figures of ${judge.name}`}
        className="grid grid-cols-2 gap-px border-line border-y bg-line sm:grid-cols-3 xl:grid-cols-6"
      >
        <Figure
          label="Judged rollouts"
          value={formatCount(use.judgements)}
          note={use.judgements > 0 ? `${formatPercent(use.undetermined / use.judgements)} undetermined` : ''}
        />
        <Figure
          label="From the cache"
          value={use.judgements > 0 ? formatPercent(use.cached / use.judgements) : '–'}
          note={`${formatCount(use.cached)} paid before`}
        />
        <Figure
          label="Requests"
          value={formatCount(requests)}
          note={`${formatCount(use.malformed)} malformed, ${formatCount(use.failed)} failed${use.underWay > 0 ? `, ${formatCount(use.underWay)} under way` : ''}`}
        />
        <Figure label="Latency, median" value={formatMs(use.p50Ms)} note={`95 %: ${formatMs(use.p95Ms)}`} />
        <Figure
          label="Tokens"
          value={formatCount(use.inputTokens + use.outputTokens)}
          note={`${formatCount(use.inputTokens)} in, ${formatCount(use.outputTokens)} out`}
        />
        <Figure label="Cost" value={formatUsd(judge.spentUsd)} note={budgetText(judge)} />
      </dl>
      {share !== null && (
        <div className="px-4 pt-2">
          <Progress label={`Budget of ${judge.name} that is spent`} done={share * 100} total={100} />
        </div>
      )}
      {use.lastError && (
        <p className="break-words px-4 pt-2 text-ink-2">
          {failures !== '' && <span className="text-ink">Failed requests: {failures}. </span>}
          Last error, {use.lastError.at.slice(0, 16).replace('T', ' ')}: {use.lastError.sentence}
        </p>
      )}
      {use.underWay > 0 && (
        <p className="px-4 pt-2 text-ink-2 text-xs">
          {counted(use.underWay, 'request')} under way, counted at its worst until it ends.
        </p>
      )}
    </div>
  );
};
