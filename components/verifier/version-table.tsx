import Link from 'next/link';
import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';

type Version = {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly rulesVersion: number;
  readonly settings: VerifierSettings;
  readonly created: string;
  readonly runs: readonly { readonly id: string; readonly name: string }[];
};

/** Every setting with its words; the order is that of the checks. */
const settingNotes: readonly {
  readonly name: keyof VerifierSettings;
  readonly label: string;
  readonly says: string;
}[] = [
  { name: 'formatReward', label: 'Format reward', says: 'added for a well-formed response' },
  { name: 'minAccuracy', label: 'Correct from', says: 'score of choice, number and math' },
  { name: 'minAccuracyGraded', label: 'Correct from, graded', says: 'score of regression, ocr and text' },
  { name: 'maxRepetition', label: 'Repetitive above', says: 'share of repeated tokens' },
  { name: 'repetitionNgram', label: 'Repetition n-gram', says: 'tokens' },
  { name: 'minThinkTokens', label: 'Too short below', says: 'tokens of thinking' },
  { name: 'maxThinkTokens', label: 'Too long above', says: 'tokens of thinking' },
];

/** The versions side by side, newest first: one column each, one row a setting. */
export const VersionTable = ({ versions }: { versions: readonly Version[] }) => (
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
        {settingNotes.map(({ name, label, says }) => (
          <tr key={name} className="border-line border-t">
            <th scope="row" className="px-4 py-1.5 text-left font-normal">
              {label} <span className="text-ink-3 text-xs">{says}</span>
            </th>
            {versions.map((version) => (
              <td key={version.id} className="px-4 py-1.5 font-medium">
                {version.settings[name]}
              </td>
            ))}
          </tr>
        ))}
        <tr className="border-line border-t">
          <th scope="row" className="px-4 py-1.5 text-left font-normal">
            Rules <span className="text-ink-3 text-xs">number of the rule set</span>
          </th>
          {versions.map((version) => (
            <td key={version.id} className="px-4 py-1.5 font-medium">
              {version.rulesVersion}
            </td>
          ))}
        </tr>
        <tr className="border-line border-t align-top">
          <th scope="row" className="px-4 py-1.5 text-left font-normal">
            Runs that stand on it
          </th>
          {versions.map((version) => (
            <td key={version.id} className="px-4 py-1.5">
              {version.runs.length === 0 ? (
                <span className="text-ink-3">none</span>
              ) : (
                <ul>
                  {version.runs.map((run) => (
                    <li key={run.id}>
                      <Link href={`/runs/${run.id}`} className="text-accent hover:underline">
                        {run.name}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </td>
          ))}
        </tr>
      </tbody>
    </WideTable>
  </Panel>
);
