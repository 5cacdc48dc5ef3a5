'use client';
import { Gavel, Glasses } from 'lucide-react';
import Link from 'next/link';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Failed } from '@/components/ui/states';
import { testJudge } from '@/lib/actions/judges';
import type { JudgeTrial, JudgeView } from '@/lib/domain/judge/judge';
import { JudgeUse } from './judge-use';
import { TrialResult } from './trial-result';

export type JudgeAct = 'judge' | 'report' | 'use' | 'change' | 'remove';

type JudgeCardProps = {
  judge: JudgeView;
  mayManage: boolean;
  /** Acts that make sense for the run in view, besides changing and removing. */
  acts: readonly JudgeAct[];
  onAct: (act: JudgeAct) => void;
  refresh: () => Promise<unknown>;
};

const labels: Record<JudgeAct, string> = {
  judge: 'Judge what is open',
  report: 'Report…',
  use: 'Use in a new version…',
  change: 'Change…',
  remove: 'Remove',
};

/** One judge: what it is, who uses it, what it has cost, and what it can be asked for. */
export const JudgeCard = ({ judge, mayManage, acts, onAct, refresh }: JudgeCardProps) => {
  const [trial, setTrial] = useState<JudgeTrial>();
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const Icon = judge.heldOut ? Glasses : Gavel;
  const test = () =>
    start(async () => {
      const result = await testJudge({ id: judge.id });
      setTrial(result.ok ? result.data : undefined);
      setError(result.ok ? undefined : result.error.message);
      await refresh();
    });
  const button = (act: JudgeAct) => (
    <Button
      key={act}
      look={act === 'remove' ? 'danger' : act === 'judge' ? 'primary' : 'plain'}
      aria-label={`${labels[act].replace('…', '')}: ${judge.name}`}
      onClick={() => onAct(act)}
    >
      {labels[act]}
    </Button>
  );
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-col gap-2 px-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Icon aria-hidden className="size-4 shrink-0 text-ink-2" />
          <h3 className="min-w-0 break-words font-semibold">{judge.name}</h3>
          <span className="rounded bg-sunken px-1.5 py-px font-medium text-ink-2 text-xs">
            {judge.heldOut ? 'held out: only reports' : 'decides'}
          </span>
          <span className="min-w-0 break-all font-mono text-ink-2 text-xs">
            {judge.model} at {judge.url}
          </span>
        </div>
        <p className="text-ink-2 text-xs">
          Prompt {judge.promptVersion}, temperature {judge.temperature}, answers of up to {judge.maxTokens} tokens,{' '}
          {judge.concurrency} at once, {judge.timeoutSeconds} s timeout, {judge.hasKey ? 'with a key' : 'without a key'}
          .
        </p>
        {!judge.heldOut && <Versions judge={judge} />}
        {mayManage && (
          <div className="flex flex-wrap gap-2">
            {acts.map(button)}
            <Button disabled={pending} aria-label={`Test: ${judge.name}`} onClick={test}>
              {pending ? 'Asking it…' : 'Test'}
            </Button>
            {button('change')}
            {judge.versions.length === 0 && button('remove')}
          </div>
        )}
        {error && <Failed error={new Error(error)} />}
        {trial && <TrialResult trial={trial} />}
      </div>
      <JudgeUse judge={judge} />
    </li>
  );
};

const Versions = ({ judge }: { judge: JudgeView }) => {
  if (judge.versions.length === 0) {
    return <p>No version names it yet: it decides nothing before one does.</p>;
  }
  const runs = judge.versions.flatMap((version) => version.runs.map((run) => ({ ...run, number: version.number })));
  return (
    <p className="break-words">
      Named by version {judge.versions.map(({ number }) => number).join(', ')}.{' '}
      {runs.length === 0
        ? 'No run stands on it.'
        : runs.map(({ id, name, number }, at) => (
            <span key={id}>
              {at > 0 && ', '}
              <Link href={`/runs/${id}`} className="text-accent hover:underline">
                {name}
              </Link>{' '}
              <span className="text-ink-2">(version {number})</span>
            </span>
          ))}
    </p>
  );
};
