'use client';
import { useQuery } from '@tanstack/react-query';
import { File, Folder } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatBytes } from '@/components/ui/number';
import { Failed, Loading } from '@/components/ui/states';
import { importFolderQuery } from '@/lib/queries/imports';

type FolderBrowserProps = { disabled: boolean; onPick: (path: string) => void };

/** The import roots and what lies in them: folders open, files are picked. */
export const FolderBrowser = ({ disabled, onPick }: FolderBrowserProps) => {
  // The way down from the roots, so that there is a way up without taking paths apart.
  const [way, setWay] = useState<readonly string[]>([]);
  const folder = way.at(-1) ?? null;
  const { data, error, isPending, refetch } = useQuery(importFolderQuery(folder));
  return (
    <div className="flex flex-col gap-2">
      {folder !== null && (
        <div className="flex items-center gap-2">
          <Button look="quiet" onClick={() => setWay(way.slice(0, -1))}>
            Up
          </Button>
          <span className="min-w-0 break-all font-mono text-ink-2 text-xs">{folder}</span>
        </div>
      )}
      {isPending && <Loading what="the folder" />}
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className="text-ink-2">This folder is empty.</p>}
      <ul
        aria-label="Files on the studio's machine"
        className="max-h-64 overflow-y-auto rounded-md border border-line empty:hidden"
      >
        {data?.map((entry) => {
          const Icon = entry.folder ? Folder : File;
          return (
            <li key={entry.path}>
              <button
                type="button"
                disabled={disabled}
                onClick={() => (entry.folder ? setWay([...way, entry.path]) : onPick(entry.path))}
                className="flex w-full items-center gap-2 px-3 py-1.5 text-left hover:bg-sunken disabled:opacity-50"
              >
                <Icon aria-hidden className="size-4 shrink-0 text-ink-2" />
                <span className="min-w-0 flex-1 break-all">{entry.name}</span>
                {entry.bytes !== null && (
                  <span className="whitespace-nowrap text-ink-2 text-xs">{formatBytes(entry.bytes)}</span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
};
