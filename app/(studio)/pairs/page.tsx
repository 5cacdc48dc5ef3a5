import type { Metadata } from 'next';
import Link from 'next/link';
import { z } from 'zod';
import { PairsScreen } from '@/components/pairs/pairs-screen';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { Empty } from '@/components/ui/states';
import { getReviewOverview } from '@/lib/data/gates/review';
import { findQueueToOpen, listPairScopes, mayEngineer, type PairScope } from '@/lib/data/pairs/queue';
import { pairStateSchema, pairTypeSchema } from '@/lib/domain/pair';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Pairs' };

/** Whatever an address says that we do not know is as if it were left out. */
const searchSchema = z.object({
  run: z.uuid().optional().catch(undefined),
  iteration: z.coerce.number().int().nonnegative().optional().catch(undefined),
  type: pairTypeSchema.optional().catch(undefined),
  stale: z.literal('yes').optional().catch(undefined),
  state: pairStateSchema.or(z.literal('all')).default('proposed').catch('proposed'),
});

type Place = { runId: string; k: number; iterationId: string };

const placeOf = (
  { runId, iterations }: PairScope,
  id: string | undefined,
  k: number | undefined,
): Place | undefined => {
  const found = iterations.find((turn) => turn.id === id) ?? iterations.find((turn) => turn.k === k) ?? iterations[0];
  return found && { runId, k: found.k, iterationId: found.id };
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PairsPage({ searchParams }: Props) {
  const viewer = await requirePageViewer();
  const { run, iteration, ...view } = searchSchema.parse(await searchParams);
  const scopes = await listPairScopes(viewer);
  const opened = run === undefined ? await findQueueToOpen(viewer) : undefined;
  const scope =
    scopes.find(({ runId }) => runId === run) ??
    scopes.find(({ iterations }) => iterations.some(({ id }) => id === opened)) ??
    scopes[0];
  const place = scope && placeOf(scope, opened, iteration);
  if (!place) return <NoRuns />;
  return (
    <PairsScreen
      viewerId={viewer.userId}
      engineer={await mayEngineer(viewer, place.iterationId)}
      scopes={scopes}
      place={place}
      view={view}
      initial={await getReviewOverview(viewer, place.iterationId)}
    />
  );
}

const NoRuns = () => (
  <Page title="Pairs">
    <Empty
      title="No runs yet"
      action={
        <Button asChild look="primary">
          <Link href="/imports">Import rollouts</Link>
        </Button>
      }
    >
      Pairs are made of the rollouts of a run.
    </Empty>
  </Page>
);
