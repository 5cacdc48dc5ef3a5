'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { acrossAddress } from '@/components/question-comparison/across-address';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { FrameStrip } from '@/components/video/frame-strip';
import { QuestionVideo } from '@/components/video/question-video';
import { VideoProvider } from '@/components/video/video-context';
import type { GroupDetail } from '@/lib/domain/rollouts/detail';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { listAddress, rolloutAddress } from './addresses';
import { GroupChainCard } from './group-chain';
import { PlaceLine } from './place-line';
import { QuestionPanel } from './question-panel';
import { useVideoKeys } from './use-rollout-keys';

type GroupViewProps = { group: GroupDetail; state: RolloutListState };

/** All samples of one question side by side, below the video they were asked about. */
export const GroupView = ({ group, state }: GroupViewProps) => (
  <VideoProvider media={group.question.media}>
    <GroupPage group={group} state={state} />
  </VideoProvider>
);

const GroupPage = ({ group, state }: GroupViewProps) => {
  const router = useRouter();
  useVideoKeys();
  useKeys(
    useMemo(
      (): readonly KeyBinding[] =>
        group.chains.slice(0, 9).map(({ id }, at) => ({
          keys: [String(at + 1)],
          says: `Open sample ${at + 1}`,
          run: () => router.push(rolloutAddress(id, state)),
        })),
      [router, group.chains, state],
    ),
  );
  const sampleIds = group.chains.map(({ id }) => id);
  // The frames belong to the group when all its samples saw the same ones.
  const logged = group.chains[0]?.frames ?? null;
  return (
    <Page
      title={`${group.chains.length} samples of one question`}
      lead={<PlaceLine place={group} />}
      actions={
        <>
          <Button asChild>
            <Link
              href={acrossAddress(group.question.id, { slices: [{ ...group, k: group.iteration }], groupId: group.id })}
            >
              Across iterations
            </Link>
          </Button>
          <Button asChild look="quiet">
            <Link href={listAddress(state)}>Back to the list</Link>
          </Button>
        </>
      }
    >
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <QuestionVideo question={group.question} />
          <FrameStrip frames={logged} sampler={group.sampler} runId={group.runId} />
        </div>
        <QuestionPanel question={group.question} />
      </div>
      <div className="grid items-start gap-3 md:auto-cols-[minmax(20rem,1fr)] md:grid-flow-col md:overflow-x-auto md:pb-2">
        {group.chains.map((chain, at) => (
          <GroupChainCard
            key={chain.id}
            chain={chain}
            position={at + 1}
            pairs={group.pairs}
            sampleIds={sampleIds}
            sampler={group.sampler}
            state={state}
          />
        ))}
      </div>
    </Page>
  );
};
