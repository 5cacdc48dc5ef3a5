'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { frameUrl, mediaUrl } from '@/lib/queries/media';
import { PlayerControls } from './player-controls';
import { frameAtTime, useMoment, useVideo, type VideoHandle } from './video-context';

declare global {
  interface Window {
    /** video.js would add style elements, which the page's policy refuses. */
    VIDEOJS_NO_DYNAMIC_STYLE?: boolean;
  }
}

/** The page's video with exact frames; a still where the browser cannot play it. Nothing when there is no video. */
export const Player = () => {
  const video = useVideo();
  return video ? <PlayerOf key={video.media.id} video={video} /> : null;
};

const PlayerOf = ({ video }: { video: VideoHandle }) => {
  const { media } = video;
  const [failed, setFailed] = useState(media.probe.browser === 'no');
  const fail = useCallback(() => setFailed(true), []);
  return (
    <div className="flex flex-col overflow-hidden rounded-lg border border-line bg-surface">
      <div
        className="relative max-h-[44vh] w-full bg-black"
        style={{ aspectRatio: `${media.probe.displayWidth} / ${media.probe.displayHeight}` }}
      >
        {failed ? <Still video={video} /> : <VideoElement video={video} onFailed={fail} />}
      </div>
      <PlayerControls video={video} playable={!failed} />
      {(failed || media.probe.notes.length > 0) && (
        <p className="border-line border-t px-3 py-1.5 text-ink-2 text-xs">
          {failed && `This browser cannot play ${media.probe.codec} video; step through its frames instead. `}
          {media.probe.notes.join(' ')}
        </p>
      )}
    </div>
  );
};

/** The frame itself as a picture, for what the browser cannot play. */
const Still = ({ video: { media, store } }: { video: VideoHandle }) => {
  const { frame } = useMoment(store);
  return (
    // biome-ignore lint/performance/noImgElement: frames come from our own route in the size that is shown
    <img
      src={frameUrl(media.id, frame, 640)}
      alt={`Frame ${frame}`}
      className="absolute inset-0 size-full object-contain"
    />
  );
};

// The type only chooses video.js's player; the browser looks into the file.
const sourceType = (container: string): string => (/webm|matroska/.test(container) ? 'video/webm' : 'video/mp4');

const VideoElement = ({ video, onFailed }: { video: VideoHandle; onFailed: () => void }) => {
  const { media, store, attach, toggle, seconds } = video;
  const holder = useRef<HTMLDivElement>(null);
  const clock = useRef({ seconds, probe: media.probe });
  useEffect(() => {
    clock.current = { seconds, probe: media.probe };
  }, [seconds, media.probe]);

  useEffect(() => {
    const element = document.createElement('video');
    // video.js gives the class to the box that it puts around the element.
    element.className = 'absolute inset-0';
    element.playsInline = true;
    holder.current?.append(element);
    let dispose = () => element.remove();
    let gone = false;
    const start = async () => {
      window.VIDEOJS_NO_DYNAMIC_STYLE = true;
      const { default: videojs } = await import('video.js');
      if (gone) return;
      const player = videojs(element, {
        children: ['mediaLoader'],
        controls: false,
        preload: 'auto',
        sources: [{ src: mediaUrl(media.id), type: sourceType(media.probe.container) }],
      });
      player.on('error', onFailed);
      // A browser without the decoder still plays the sound, over a black picture.
      element.addEventListener('loadedmetadata', () => {
        if (element.videoWidth === 0) onFailed();
      });
      const stopWatching = watch(element, (time) => {
        const { probe, seconds: times } = clock.current;
        store.set({ frame: frameAtTime(times, probe, time) });
      });
      player.on(['play', 'pause', 'ended'], () => store.set({ playing: !element.paused }));
      attach(element);
      dispose = () => {
        stopWatching();
        attach(undefined);
        player.dispose();
      };
    };
    start().catch(onFailed);
    return () => {
      gone = true;
      dispose();
    };
    // A player lives as long as its video: later timestamps reach it by the ref.
  }, [media.id, media.probe.container, store, attach, onFailed]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button below does the same by keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button below does the same by keyboard
    <div
      ref={holder}
      onClick={toggle}
      className="absolute inset-0 cursor-pointer [&_.vjs-tech]:size-full [&_.vjs-tech]:object-contain"
    />
  );
};

/** Calls `onTime` with the media time of every frame that reaches the screen; returns what ends it. */
const watch = (element: HTMLVideoElement, onTime: (seconds: number) => void): (() => void) => {
  let request = 0;
  const next = () => {
    request = element.requestVideoFrameCallback((_now, { mediaTime }) => {
      // During a seek the old frame may be told once more.
      if (!element.seeking) onTime(mediaTime);
      next();
    });
  };
  next();
  return () => element.cancelVideoFrameCallback(request);
};
