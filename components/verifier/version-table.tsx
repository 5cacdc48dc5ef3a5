import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import type { ScoredRun } from '@/lib/domain/verifier/what-if/scored-run';
import { UseVersionButton } from './use-version-dialog';

export type VersionColumn = {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly rulesVersion: number;
  /** Of today's rules: runs may move to it. */
  readonly current: boolean;
  readonly settings: VerifierSettings;
  /** By name; what the settings hold are ids and hashes. */
  readonly judge: string;
  readonly tokenizer: string;
  readonly created: string;
  readonly runs: readonly { readonly id: string; readonly name: string; readonly owes: boolean }[];
};

type Row = {
  readonly label: string;
  readonly says: string;
  readonly value: (version: VersionColumn) => string | number;
};

/** Every setting with its words; the order is that of the checks. */
const rows: readonly Row[] = [
  { label: 'Format reward', says: 'added for a well-formed response', value: (v) => v.settings.formatReward },
  { label: 'Correct from', says: 'score of choice, number and math', value: (v) => v.settings.minAccuracy },
  {
    label: 'Correct from, graded',
    says: 'score of regression, ocr and text',
    value: (v) => v.settings.minAccuracyGraded,
  },
  { label: 'Judge', says: 'where rules find no conclusion', value: (v) => v.judge },
  { label: 'Repetitive above', says: 'share of repeated tokens', value: (v) => v.settings.maxRepetition },
  { label: 'Repetition n-gram', says: 'tokens; another reads again', value: (v) => v.settings.repetitionNgram },
  { label: 'Too short below', says: 'tokens of thinking', value: (v) => v.settings.minThinkTokens },
  { label: 'Too long above', says: 'tokens of thinking', value: (v) => v.settings.maxThinkTokens },
  { label: 'Tokenizer', says: 'where the trainer did not count; another reads again', value: (v) => v.tokenizer },
  { label: 'Rules', says: 'number of the rule set; another reads again', value: (v) => v.rulesVersion },
];

/** A setting of one version; marked where the version before it has another. */
const Value = ({ value, before }: { value: string | number; before: string | number | undefined }) => {
  const changed = before !== undefined && before !== value;
  return (
    <td className={cx('px-4 py-1.5 tabular-nums', changed && 'bg-accent-soft')}>
      <span className={changed ? 'font-semibold' : 'font-medium'}>{value}</span>
      {changed && <span className="ml-2 whitespace-nowrap text-ink-2 text-xs">was {before}</span>}
    </td>
  );
};

const LabelledRow = ({ label, says, children }: { label: string; says?: string; children: ReactNode }) => (
  <tr className="border-line border-t align-top">
    <th scope="row" className="min-w-44 px-4 py-1.5 text-left font-normal">
      {label} {says && <span className="text-ink-3 text-xs">{says}</span>}
    </th>
    {children}
  </tr>
);

type VersionTableProps = {
  readonly versions: readonly VersionColumn[];
  /** What a version may be used for; empty for those who may not move runs. */
  readonly movable: readonly ScoredRun[];
  readonly mayMove: boolean;
};

/** The versions side by side, newest first: one column each, one row a setting, what changed marked. */
export const VersionTable = ({ versions, movable, mayMove }: VersionTableProps) => (
  <Panel title="Versions" flush>
    <WideTable label="Verifier versions" className="text-left">
      <thead>
        <tr className="align-top">
          <th scope="col" className="px-4 py-2 font-medium text-ink-2 text-xs">
            Setting
          </th>
          {versions.map((version) => (
            <th key={version.id} scope="col" className="min-w-40 px-4 py-2">
              <div className="font-semibold">Version {version.number}</div>
              <div className="font-normal text-ink-2 text-xs">
                {version.name}, {version.created}
              </div>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, says, value }) => (
          <LabelledRow key={label} label={label} says={says}>
            {versions.map((version, at) => {
              const before = versions[at + 1];
              return <Value key={version.id} value={value(version)} before={before && value(before)} />;
            })}
          </LabelledRow>
        ))}
        <LabelledRow label="Runs that stand on it">
          {versions.map((version) => (
            <td key={version.id} className="px-4 py-1.5">
              <Runs runs={version.runs} />
            </td>
          ))}
        </LabelledRow>
        {mayMove && (
          <LabelledRow label="Actions">
            {versions.map((version) => (
              <td key={version.id} className="px-4 py-2">
                <div className="flex flex-col items-start gap-1.5">
                  {version.current && <UseVersionButton version={version} runs={movable} />}
                  <Button asChild look="quiet" className="-ml-3">
                    <Link href={`/verifier/thresholds?from=${version.id}`}>New version from this</Link>
                  </Button>
                </div>
              </td>
            ))}
          </LabelledRow>
        )}
      </tbody>
    </WideTable>
  </Panel>
);

const Runs = ({ runs }: Pick<VersionColumn, 'runs'>) =>
  runs.length === 0 ? (
    <span className="text-ink-3">none</span>
  ) : (
    <ul>
      {runs.map(({ id, name, owes }) => (
        <li key={id}>
          <Link href={`/runs/${id}`} className="text-accent hover:underline">
            {name}
          </Link>
          {owes && <span className="block text-ink-2 text-xs">not all decided anew yet</span>}
        </li>
      ))}
    </ul>
  );
