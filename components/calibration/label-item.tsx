'use client';
import { ChainText } from '@/components/rollouts/chain-text';
import { useVideoKeys } from '@/components/rollouts/use-rollout-keys';
import { Badge } from '@/components/ui/mark';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/states';
import { FrameStrip } from '@/components/video/frame-strip';
import { QuestionVideo } from '@/components/video/question-video';
import { VideoProvider } from '@/components/video/video-context';
import type { LabelItem } from '@/lib/domain/calibration/sample';
import { BlindQuestion } from './blind-question';
import { ShownVerdict } from './shown-verdict';

/** Keys of the video; below its provider, so that they know it. */
const VideoKeys = () => {
  useVideoKeys();
  return null;
};

/** What a person reads to label one item: the question, the clip, the chain without marks until it is labelled. */
export const LabelItemView = ({ item }: { item: LabelItem }) => {
  const { question, frames, sampler, runId, shown } = item;
  const evidence = [...(shown.consistency?.evidence ?? []), ...(shown.accuracy?.evidence ?? [])];
  return (
    <VideoProvider key={item.position} media={question.media}>
      <VideoKeys />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4 xl:order-2">
          <BlindQuestion item={item} />
          <ShownVerdict item={item} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel
            title="What the model wrote"
            actions={evidence.length > 0 && <Badge meaning="consistency">evidence is marked</Badge>}
          >
            <ChainText full response={item.response} evidence={evidence} frames={frames} sampler={sampler} />
          </Panel>
          {question.modality !== 'text' && <QuestionVideo question={question} />}
          {question.media && <FrameStrip frames={frames} sampler={sampler} runId={runId} />}
        </div>
      </div>
    </VideoProvider>
  );
};

/** Holds the place of an item. */
export const LabelItemSkeleton = () => (
  <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
    <div className="flex flex-col gap-4 xl:order-2">
      <Skeleton className="h-56" />
      <Skeleton className="h-24" />
    </div>
    <Skeleton className="h-96" />
  </div>
);
