'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import { Failed } from '@/components/ui/states';
import { type Finding, type FindingTone, findingTopics } from '@/lib/domain/findings/finding';
import { findingsQuery } from '@/lib/queries/findings';

const questions: Readonly<Record<Finding['topic'], string>> = {
  learning: 'Is it learning?',
  longer: 'Is it thinking longer?',
  consistent: 'Is it thinking consistently?',
  dpo: 'What did DPO change?',
  worse: 'Where did it get worse?',
};

/** A shape beside the colour: up, down, level, nothing known. */
const tones: Readonly<Record<FindingTone, readonly [shape: string, className: string]>> = {
  good: ['M6 2l4.5 8h-9z', 'text-good'],
  bad: ['M6 10l4.5-8h-9z', 'text-bad'],
  plain: ['M2 6h8', 'text-ink-2'],
  unknown: ['M6 9.5v.5M4 4a2 2 0 1 1 2.6 1.9c-.4.2-.6.5-.6 1v.4', 'text-ink-3'],
};

const Answer = ({ finding: { tone, word } }: { finding: Finding }) => {
  const [shape, className] = tones[tone];
  return (
    <span className={cx('flex items-baseline gap-1.5 font-semibold', className)}>
      <svg viewBox="0 0 12 12" aria-hidden className="size-3 shrink-0">
        <path
          d={shape}
          fill={tone === 'good' || tone === 'bad' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {word}
    </span>
  );
};

const Row = ({ finding }: { finding: Finding }) => (
  <div className="grid grid-cols-1 gap-x-4 gap-y-0.5 items-start border-line border-t px-4 py-2 first:border-t-0 md:grid-cols-[13rem_11rem_1fr]">
    <dt className="font-medium">{questions[finding.topic]}</dt>
    <dd className="contents">
      <Answer finding={finding} />
      <span className="text-ink-2 tabular-nums">
        {finding.says}{' '}
        {finding.comparison !== null && (
          <Link
            href={`/compare?${finding.comparison}`}
            aria-label={`Compare: ${questions[finding.topic]}`}
            className="whitespace-nowrap text-accent underline"
          >
            Compare
          </Link>
        )}
      </span>
    </dd>
  </div>
);

/** As high as its answers will be, so that nothing below it jumps. */
const Waiting = () => (
  <dl aria-busy="true" aria-label="Working out what the figures say">
    {findingTopics.map((topic) => (
      <div key={topic} className="border-line border-t px-4 py-2 first:border-t-0">
        <dt className="font-medium">{questions[topic]}</dt>
        <dd className="mt-1 h-4 w-2/3 rounded bg-sunken" />
      </div>
    ))}
  </dl>
);

type FindingsPanelProps = {
  runId: string;
  /** False while it only keeps its place: its answers cost more than any chart. */
  ready: boolean;
};

/** The five questions a run is opened with, each answered by its figures. */
export const FindingsPanel = ({ runId, ready }: FindingsPanelProps) => {
  const { data, error, refetch } = useQuery({ ...findingsQuery(runId), enabled: ready });
  return (
    <Panel
      title="What the figures say"
      actions={<span className="text-ink-2 text-xs">95 % intervals in brackets</span>}
      flush
    >
      {error && (
        <div className="p-4">
          <Failed error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {data ? (
        <dl>
          {data.map((finding) => (
            <Row key={finding.topic} finding={finding} />
          ))}
        </dl>
      ) : (
        !error && <Waiting />
      )}
    </Panel>
  );
};
