'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Columns3 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useMemo } from 'react';
import { acrossAddress } from '@/components/question-comparison/across-address';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { StandingBadges } from '@/components/verdicts/standing-badges';
import { VerdictPanel } from '@/components/verdicts/verdict-panel';
import { FrameStrip } from '@/components/video/frame-strip';
import { QuestionVideo } from '@/components/video/question-video';
import { VideoProvider } from '@/components/video/video-context';
import { type RolloutDetail, shownEvidence } from '@/lib/domain/rollouts/detail';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { rolloutDetailQuery } from '@/lib/queries/rollouts';
import { groupAddress, listAddress, rolloutAddress } from './addresses';
import { evidenceId } from './chain-segment';
import { ChainText } from './chain-text';
import { PlaceLine } from './place-line';
import { QuestionPanel } from './question-panel';
import { SiblingStrip } from './sibling-strip';
import { useRolloutKeys, useVideoKeys } from './use-rollout-keys';

type RolloutViewProps = {
  initial: RolloutDetail;
  state: RolloutListState;
  previousId: string | null;
  nextId: string | null;
};

/** One rollout: the video with the frames the model saw, what it thought, and what is made of it. */
export const RolloutView = (props: RolloutViewProps) => {
  const { data } = useQuery({ ...rolloutDetailQuery(props.initial.id), initialData: props.initial });
  return (
    <VideoProvider media={data.question.media}>
      <RolloutPage {...props} detail={data} />
    </VideoProvider>
  );
};

const jump = (at: number): void => {
  const target = document.getElementById(evidenceId(at));
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
};

const RolloutPage = ({ detail, state, previousId, nextId }: RolloutViewProps & { detail: RolloutDetail }) => {
  const previous = previousId === null ? undefined : rolloutAddress(previousId, state);
  const next = nextId === null ? undefined : rolloutAddress(nextId, state);
  const up = groupAddress(detail.groupId, state);
  const across = acrossAddress(detail.questionId, {
    slices: [{ ...detail, k: detail.iteration }],
    groupId: detail.groupId,
  });
  const samples = useMemo(() => detail.siblings.map(({ id }) => rolloutAddress(id, state)), [detail.siblings, state]);
  useVideoKeys();
  useRolloutKeys({ previous, next, samples, up });
  const position = detail.siblings.findIndex(({ id }) => id === detail.id) + 1;
  const { frames, sampler } = detail;
  const evidence = useMemo(() => shownEvidence(detail), [detail]);
  return (
    <Page
      title={`Sample ${position} of ${detail.siblings.length}`}
      lead={<PlaceLine place={detail} />}
      actions={
        <>
          <SiblingStrip detail={detail} state={state} />
          <Button asChild>
            <Link href={up}>
              <Columns3 aria-hidden className="size-4" /> Side by side
            </Link>
          </Button>
          <Button asChild>
            <Link href={across}>Across iterations</Link>
          </Button>
          <Step href={previous} label="Previous rollout of the list">
            <ChevronLeft aria-hidden className="size-4" />
          </Step>
          <Step href={next} label="Next rollout of the list">
            <ChevronRight aria-hidden className="size-4" />
          </Step>
          <Button asChild look="quiet">
            <Link href={listAddress(state)}>Back to the list</Link>
          </Button>
        </>
      }
    >
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <QuestionVideo question={detail.question} />
          <FrameStrip frames={frames} sampler={sampler} runId={detail.runId} />
          <Panel title="What the model wrote" actions={<StandingBadges standing={detail} />}>
            <ChainText full response={detail.response} evidence={evidence} frames={frames} sampler={sampler} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <QuestionPanel question={detail.question} />
          <VerdictPanel detail={detail} onJump={jump} />
          <Origin detail={detail} />
        </div>
      </div>
    </Page>
  );
};

const Step = ({ href, label, children }: { href: Route | undefined; label: string; children: React.ReactNode }) =>
  href ? (
    <Button asChild className="w-8 px-0">
      <Link href={href} aria-label={label} title={label}>
        {children}
      </Link>
    </Button>
  ) : (
    <Button className="w-8 px-0" disabled aria-label={label}>
      {children}
    </Button>
  );

const finishTexts = { stop: 'stopped by itself', length: 'token limit reached', unknown: 'not recorded' } as const;

/** Where the sample came from, and every reward that was logged with it. */
const Origin = ({ detail }: { detail: RolloutDetail }) => (
  <Panel title="Sample">
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      <dt className="text-ink-2">Source</dt>
      <dd className="break-all text-right">{detail.source}</dd>
      <dt className="text-ink-2">End of sampling</dt>
      <dd className="text-right">{finishTexts[detail.finishReason]}</dd>
      {detail.totalTokens !== null && (
        <>
          <dt className="text-ink-2">Tokens in all</dt>
          <dd className="text-right tabular-nums">{detail.totalTokens}</dd>
        </>
      )}
      {Object.entries(detail.rewards).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="break-all text-ink-2">{name}</dt>
          <dd className="truncate text-right font-mono text-xs">{JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  </Panel>
);
