'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Panel } from '@/components/ui/panel';
import type { MediaState } from '@/lib/domain/media';
import { mediaSentence } from '@/lib/domain/question-set';
import { isOpen } from '@/lib/domain/task';
import { formatCount } from '@/lib/domain/text/counted';
import { tasksQuery } from '@/lib/queries/tasks';

type MediaFilesProps = {
  media: {
    readonly counts: readonly { readonly state: MediaState; readonly count: number }[];
    readonly troubled: readonly {
      readonly id: string;
      readonly relPath: string;
      readonly root: string;
      readonly state: MediaState;
      readonly sentence: string | null;
    }[];
  };
};

/** Reads the page again when the look at the videos has ended: the server drew it. */
const useFreshAfterProbe = () => {
  const router = useRouter();
  const { data } = useQuery(tasksQuery());
  const probing = data?.some((task) => task.kind === 'probe' && isOpen(task)) ?? false;
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !probing) router.refresh();
    was.current = probing;
  }, [probing, router]);
};

/** What became of the videos: counts by state, and a sentence for each that does not play. */
export const MediaFiles = ({ media: { counts, troubled } }: MediaFilesProps) => {
  useFreshAfterProbe();
  return (
    <Panel title="Videos and images" flush>
      {counts.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">
          No file of a question was found in the media roots yet. Questions are looked up when a root is added and after
          every import.
        </p>
      ) : (
        <ul className="flex flex-wrap gap-x-6 gap-y-1 px-4 py-3">
          {counts.map(({ state, count }) => (
            <li key={state}>
              <span className="font-semibold tabular-nums">{formatCount(count)}</span> {state}
            </li>
          ))}
        </ul>
      )}
      {troubled.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section tabIndex={0} aria-label="Files that do not play" className="max-h-112 overflow-y-auto">
          <ul className="divide-y divide-line border-line border-t">
            {troubled.map((file) => (
              <li key={file.id} className="px-4 py-2">
                <div className="break-all font-mono text-xs">
                  {file.root}/{file.relPath}
                </div>
                <div className="break-words text-ink-2">
                  {file.state}: {mediaSentence(file.state, file.sentence)}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {troubled.length === 200 && (
        <p className="border-line border-t px-4 py-2 text-ink-2 text-xs">
          These are the first 200. The list of a question set is filtered by the state of its media.
        </p>
      )}
    </Panel>
  );
};
