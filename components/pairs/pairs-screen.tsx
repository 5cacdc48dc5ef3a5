'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import type { RunScope } from '@/components/runs/run-select';
import { SavedViews } from '@/components/saved-views/saved-views';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import { Empty, Failed } from '@/components/ui/states';
import { loopHoldsPairs, type ReviewOverview } from '@/lib/domain/loop/gate';
import type { PairOverview } from '@/lib/domain/pairs/pair-view';
import { formatCount } from '@/lib/domain/text/counted';
import { pairOverviewQuery } from '@/lib/queries/pairs';
import { countOf } from './counts';
import { FreezeDialog } from './freeze-dialog';
import { GateBar } from './gate-bar';
import { PairQueue } from './pair-queue';
import { pairsAddress, type QueueView } from './pairs-address';
import { ProposeDialog } from './propose-dialog';
import { type Place, ScopeBar } from './scope-bar';
import { useOutbox } from './use-outbox';

type PairsScreenProps = {
  viewerId: string;
  /** May propose and freeze; reviewers only decide. */
  engineer: boolean;
  scopes: readonly RunScope[];
  place: Place;
  view: QueueView;
  initial: ReviewOverview;
};

/** The loop proposes and freezes these pairs itself, and the server refuses others who try. */
const heldBy = ({ gate }: ReviewOverview): boolean => gate !== null && loopHoldsPairs(gate.state);

type Task = NonNullable<PairOverview['task']>;

const Proposing = ({ task }: { task: Task }) => (
  <Panel>
    <div role="status" className="flex flex-col gap-2">
      <p>
        {task.state === 'queued'
          ? 'Proposing pairs: waiting for the worker'
          : task.silent
            ? 'Proposing pairs: the worker is silent; another one will continue this'
            : `Proposing pairs: ${formatCount(task.done)} of ${task.total === null ? '?' : formatCount(task.total)} questions`}
      </p>
      <Progress label="Proposing pairs" done={task.done} total={task.total} />
    </div>
  </Panel>
);

const NoPairs = ({
  overview,
  engineer,
  onPropose,
}: {
  overview: ReviewOverview;
  engineer: boolean;
  onPropose: () => void;
}) => {
  if (heldBy(overview)) {
    return <Empty title="No pairs yet">The loop proposes them, and this page shows them as they come.</Empty>;
  }
  if (!overview.hasRollouts) {
    return (
      <Empty title="Nothing to make pairs of">
        Pairs come from rollouts that are no evaluation, and this iteration has none. Files of evaluations become
        training rollouts when they are imported with another stage.
      </Empty>
    );
  }
  if (!overview.hasVerified) {
    return <Empty title="Not verified yet">Pairs are proposed from verdicts: verify this iteration first.</Empty>;
  }
  return (
    <Empty
      title="No pairs yet"
      action={
        engineer && (
          <Button look="primary" onClick={onPropose}>
            Propose pairs
          </Button>
        )
      }
    >
      {engineer
        ? 'Let the rules propose which response to prefer to which, and then decide.'
        : 'An engineer of this project can propose them.'}
    </Empty>
  );
};

const EndOfStale = ({ place }: { place: Place }) => (
  <Empty
    title="No stale pair is left here"
    action={
      <Button asChild>
        <Link href={pairsAddress(place.runId, place.k, { state: 'proposed' })}>Show the undecided</Link>
      </Button>
    }
  >
    What you decided again stays decided, and stale as long as its verdicts do not carry it: reject it, or replace a
    side.
  </Empty>
);

/** The end of a queue: what is left to do. */
const End = ({
  overview,
  place,
  view,
  engineer,
  onFreeze,
}: PairsScreenProps & { overview: ReviewOverview; onFreeze: () => void }) => {
  if (view.stale) return <EndOfStale place={place} />;
  const undecided = countOf(overview.counts, { state: 'proposed' });
  if (undecided > 0) {
    return (
      <Empty
        title="None left here"
        action={
          <Button asChild>
            <Link
              href={pairsAddress(place.runId, place.k, { state: 'proposed' })}
              onClick={() => window.location.reload()}
            >
              Show the undecided
            </Link>
          </Button>
        }
      >
        {formatCount(undecided)} {undecided === 1 ? 'pair is' : 'pairs are'} undecided
        {view.type ? ' in all types together' : ''}.
      </Empty>
    );
  }
  const approved = countOf(overview.counts, { state: 'approved' });
  if (heldBy(overview)) {
    return (
      <Empty title="All decided">
        {approved > 0
          ? 'The loop freezes the approved pairs and moves on. Undo works until it has.'
          : 'No pair is approved, so there is nothing to train on. Undo still works.'}
      </Empty>
    );
  }
  return (
    <Empty
      title="All decided"
      action={
        engineer && (
          <Button look="primary" onClick={onFreeze} disabled={approved === 0}>
            Freeze {formatCount(approved)} approved
          </Button>
        )
      }
    >
      {approved > 0
        ? 'Freeze the approved pairs into a set that training can read. Undo still works.'
        : 'No pair is approved, so there is nothing to freeze. Undo still works.'}
    </Empty>
  );
};

/** The review of one iteration's pairs. */
export const PairsScreen = (props: PairsScreenProps) => {
  const { viewerId, engineer, scopes, place, view, initial } = props;
  const { data: overview, error } = useQuery({ ...pairOverviewQuery(place.iterationId), initialData: initial });
  const { outbox, state } = useOutbox(viewerId);
  const [open, setOpen] = useState<'propose' | 'freeze' | null>(null);
  const total = countOf(overview.counts);
  const close = () => setOpen(null);
  const { task, gate } = overview;
  const held = heldBy(overview);
  return (
    <Page
      title="Pairs"
      lead="Decide what the next DPO learns from."
      actions={
        <>
          <SavedViews />
          {engineer && (
            <>
              <Button onClick={() => setOpen('propose')} disabled={!overview.hasVerified || task !== null || held}>
                Propose…
              </Button>
              <Button onClick={() => setOpen('freeze')} disabled={total === 0 || held}>
                Freeze…
              </Button>
            </>
          )}
        </>
      }
    >
      <ScopeBar scopes={scopes} place={place} view={view} overview={overview} />
      {gate && <GateBar view={gate} />}
      {error && <Failed error={error} />}
      {task && <Proposing task={task} />}
      {overview.lastError && <Failed error={new Error(`The last proposal failed: ${overview.lastError}`)} />}
      {total === 0 ? (
        !task && <NoPairs overview={overview} engineer={engineer} onPropose={() => setOpen('propose')} />
      ) : (
        <PairQueue
          // A new proposal, other filters, or a gate that begins to wait or has opened make another queue.
          key={`${place.iterationId} ${view.type} ${view.state} ${view.stale} ${task === null} ${gate?.status === null} ${held}`}
          iterationId={place.iterationId}
          filters={{ type: view.type, state: view.state === 'all' ? undefined : view.state, stale: view.stale }}
          outbox={outbox}
          outboxState={state}
          end={<End {...props} overview={overview} onFreeze={() => setOpen('freeze')} />}
        />
      )}
      {open === 'propose' && <ProposeDialog iterationId={place.iterationId} onClose={close} />}
      {open === 'freeze' && <FreezeDialog overview={overview} onClose={close} />}
    </Page>
  );
};
