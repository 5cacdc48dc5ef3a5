'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Failed } from '@/components/ui/states';
import { forgetView } from '@/lib/actions/saved-views';
import { type SavedView, savedViewAddress, screenAt } from '@/lib/domain/saved-view';
import { savedViewsQuery } from '@/lib/queries/saved-views';

type ViewListProps = { here: Pick<SavedView, 'path' | 'query'>; onOpened: () => void };

/** The views of the project, the one that is on the screen marked. */
export const ViewList = ({ here, onOpened }: ViewListProps) => {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(savedViewsQuery());
  const [refused, setRefused] = useState<string>();
  const [pending, start] = useTransition();
  const remove = (id: string) =>
    start(async () => {
      const result = await forgetView({ id });
      setRefused(result.ok ? undefined : result.error.message);
      await client.invalidateQueries(savedViewsQuery());
    });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <p className="text-ink-2">Reading the saved views…</p>;
  if (data.length === 0) return <p className="text-ink-2">Nothing is saved yet.</p>;
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label="Saved views" className="flex flex-col divide-y divide-line rounded-md border border-line">
        {data.map((view) => {
          const isHere = savedViewAddress(view) === savedViewAddress(here);
          return (
            <li key={view.id} className="flex items-center gap-3 px-3 py-2">
              <div className="min-w-0 flex-1">
                <Link
                  // The server took only paths of the studio's own screens.
                  href={savedViewAddress(view) as Route}
                  onClick={onOpened}
                  {...(isHere ? { 'aria-current': 'page' as const } : {})}
                  className="break-words font-medium text-accent hover:underline"
                >
                  {view.name}
                </Link>
                <div className="text-ink-2 text-xs">
                  {screenAt(view.path)}
                  {view.createdBy && `, saved by ${view.createdBy}`}
                  {isHere && ', on the screen now'}
                </div>
              </div>
              {view.mine && (
                <Button
                  look="quiet"
                  disabled={pending}
                  aria-label={`Remove the view ${view.name}`}
                  onClick={() => remove(view.id)}
                >
                  <X aria-hidden className="size-4" />
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {refused && <p className="text-bad">{refused}</p>}
    </div>
  );
};
