'use client';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Panel } from '@/components/ui/panel';
import {
  llamaFactoryDatasetInfo,
  type PairFormat,
  pairFormatNote,
  pairFormats,
} from '@/lib/domain/formats/pair-export';
import { exportFileName, type PairSetDetail } from '@/lib/domain/pairs/pair-set-view';
import { formatCount } from '@/lib/domain/text/counted';

const names: Record<PairFormat, string> = {
  trl: 'TRL',
  'ms-swift': 'ms-swift',
  'llama-factory': 'LLaMA-Factory',
  openrlhf: 'OpenRLHF',
};

const lines = (count: number): string => (count === 1 ? '1 line' : `${formatCount(count)} lines`);

/** What a text-only trainer leaves out of these very pairs; null when it leaves out nothing. */
const blindness = (format: PairFormat, { byModality }: PairSetDetail): string | null => {
  const seen = byModality.video + byModality.image;
  if (format !== 'openrlhf' || seen === 0) return null;
  return `${formatCount(seen)} of these pairs show a video or an image, which it would train without.`;
};

/** The entry that LLaMA-Factory asks for, to copy. */
const DatasetInfo = ({ number }: { number: number }) => (
  <details className="order-last w-full">
    <summary className="text-ink-2">The entry for dataset_info.json</summary>
    <pre className="mt-1 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs">
      {llamaFactoryDatasetInfo(`pair_set_${number}`, exportFileName(number, 'llama-factory'))}
    </pre>
  </details>
);

/** One download per trainer, with the number of lines said before. */
export const ExportPanel = ({ set }: { set: PairSetDetail }) => {
  const [mediaRoot, setMediaRoot] = useState('');
  const wrong = mediaRoot !== '' && !mediaRoot.startsWith('/');
  const address = (format: PairFormat): string => {
    const search = new URLSearchParams({ format });
    if (mediaRoot !== '') search.set('mediaRoot', mediaRoot);
    return `/api/v1/pair-sets/${set.number}/export?${search}`;
  };
  return (
    <Panel title="Export">
      <div className="flex flex-col gap-4">
        <Field
          label="Videos lie under (where the trainer runs)"
          hint="Put before relative paths. Empty leaves paths as the questions state them."
          errors={wrong ? ['The folder must be an absolute path'] : undefined}
          className="max-w-xl"
        >
          {(control) => (
            <Input
              {...control}
              placeholder="/data/videos"
              value={mediaRoot}
              onChange={({ target }) => setMediaRoot(target.value)}
            />
          )}
        </Field>
        <ul className="flex flex-col divide-y divide-line">
          {pairFormats.map((format) => {
            const notes = [pairFormatNote(format), blindness(format, set)].filter((note) => note !== null);
            return (
              <li key={format} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
                <Button asChild={!wrong} disabled={wrong}>
                  {wrong ? (
                    <span>{names[format]}</span>
                  ) : (
                    <a href={address(format)} download>
                      <Download aria-hidden className="size-4" /> {names[format]}
                    </a>
                  )}
                </Button>
                <span className="tabular-nums">{lines(set.pairCount)} of JSON</span>
                {format === 'llama-factory' && <DatasetInfo number={set.number} />}
                {notes.length > 0 && <span className="min-w-0 max-w-prose text-ink-2">{notes.join(' ')}</span>}
              </li>
            );
          })}
        </ul>
        <p className="text-ink-2">
          The same set and folder give the same bytes, always. From a shell:{' '}
          <code className="break-words font-mono text-xs">
            npm run -s veripo -- export --set {set.number} --format trl --out pairs.jsonl
          </code>
        </p>
      </div>
    </Panel>
  );
};
