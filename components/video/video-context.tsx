'use client';
/** One video on a page: the player, the strip and the text all seek in it, by real time or by exact frame. */
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { indexAtTime, seekTimeAtRate, seekTimeOf } from '@/lib/domain/frames/time';
import type { Probe } from '@/lib/domain/media';
import type { MediaView } from '@/lib/domain/rollouts/detail';
import { timestampsQuery } from '@/lib/queries/media';
import { createVideoStore, type VideoMoment, type VideoStore } from './video-store';

export type PlayableMedia = MediaView & { readonly probe: Probe };

export type VideoHandle = {
  readonly media: PlayableMedia;
  /** Real time of every frame on the player's clock; undefined until it is read. */
  readonly seconds: readonly number[] | undefined;
  readonly store: VideoStore;
  /** The element that plays, or undefined where the browser cannot. */
  readonly attach: (video: HTMLVideoElement | undefined) => void;
  readonly seekToFrame: (index: number) => void;
  readonly seekToTime: (seconds: number) => void;
  readonly step: (by: number) => void;
  readonly toggle: () => void;
};

const VideoContext = createContext<VideoHandle | undefined>(undefined);

/** The video of the page; undefined when its question has none that can be shown. */
export const useVideo = (): VideoHandle | undefined => use(VideoContext);

/** What the player shows now. */
export const useMoment = (store: VideoStore): VideoMoment =>
  useSyncExternalStore(store.subscribe, store.get, store.get);

export const isPlayable = (media: MediaView | null): media is PlayableMedia =>
  media !== null && media.state === 'playable' && media.probe !== null;

// rVFC and containers round times to microseconds.
const ROUNDING_SECONDS = 0.0005;

/** The frame that a time of the player's clock falls on. */
export const frameAtTime = (seconds: readonly number[] | undefined, probe: Probe, time: number): number =>
  seconds
    ? (indexAtTime(seconds, time + ROUNDING_SECONDS) ?? 0)
    : Math.max(
        0,
        Math.min(probe.frameCount - 1, Math.floor((time - probe.startSeconds + ROUNDING_SECONDS) * probe.fps)),
      );

/** Gives the page's video to everything inside. */
export const VideoProvider = ({ media, children }: { media: MediaView | null; children: ReactNode }) =>
  isPlayable(media) ? <PlayableProvider media={media}>{children}</PlayableProvider> : children;

const PlayableProvider = ({ media, children }: { media: PlayableMedia; children: ReactNode }) => {
  const { data: seconds } = useQuery(timestampsQuery(media.id));
  const [store] = useState(createVideoStore);
  const element = useRef<HTMLVideoElement | undefined>(undefined);
  const handle = useMemo((): VideoHandle => {
    const { probe } = media;
    const last = (seconds?.length ?? probe.frameCount) - 1;
    const seekToFrame = (index: number) => {
      const frame = Math.max(0, Math.min(last, Math.round(index)));
      const video = element.current;
      video?.pause();
      store.set({ frame, playing: false });
      if (!video) return;
      video.currentTime =
        (seconds && seekTimeOf(seconds, frame)) ?? probe.startSeconds + seekTimeAtRate(frame, probe.fps);
    };
    return {
      media,
      seconds,
      store,
      attach: (video) => {
        element.current = video;
      },
      seekToFrame,
      seekToTime: (time) => seekToFrame(frameAtTime(seconds, probe, time)),
      step: (by) => seekToFrame(store.get().frame + by),
      toggle: () => {
        const video = element.current;
        if (!video) return;
        // A refusal to play (nothing loaded yet) is shown by the element's own state.
        if (video.paused) video.play().catch(() => store.set({ playing: false }));
        else video.pause();
      },
    };
  }, [media, seconds, store]);
  return <VideoContext value={handle}>{children}</VideoContext>;
};
