import { CircleCheck, TriangleAlert } from 'lucide-react';
import { cx } from '@/components/ui/cx';
import type { JudgeTrial } from '@/lib/domain/judge/judge';
import { formatCount } from '@/lib/domain/text/counted';
import { formatMs } from './judge-text';

/** What one tiny question to a judge gave, its words as it sent them. */
export const TrialResult = ({ trial }: { trial: JudgeTrial }) => {
  const Icon = trial.ok ? CircleCheck : TriangleAlert;
  return (
    <div role="status" className="flex min-w-0 flex-col gap-1 rounded-md bg-sunken px-3 py-2">
      <p className="flex items-start gap-2">
        <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', trial.ok ? 'text-good' : 'text-bad')} />
        <span className="min-w-0 break-words">{trial.sentence}</span>
      </p>
      {trial.latencyMs !== null && (
        <p className="text-ink-2 text-xs tabular-nums">
          {formatMs(trial.latencyMs)}, {formatCount(trial.inputTokens ?? 0)} tokens in,{' '}
          {formatCount(trial.outputTokens ?? 0)} out,{' '}
          {trial.structured ? 'held to the form by its server' : 'without structured output, which its server refuses'}
        </p>
      )}
      {trial.raw !== '' && (
        <pre className="max-h-32 overflow-auto whitespace-pre-wrap break-words font-mono text-xs">{trial.raw}</pre>
      )}
    </div>
  );
};
