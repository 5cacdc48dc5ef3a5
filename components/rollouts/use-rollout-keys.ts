'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { useVideo } from '@/components/video/video-context';

type RolloutKeys = {
  readonly previous: Route | undefined;
  readonly next: Route | undefined;
  readonly samples: readonly Route[];
  readonly up: Route;
};

const SAMPLE_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Space presses the button that has the focus, as everywhere; only otherwise does it play. */
const unlessPressing = (run: () => void) => (): void => {
  const focused = document.activeElement;
  if (focused instanceof HTMLButtonElement || focused instanceof HTMLAnchorElement) focused.click();
  else run();
};

/** Keys of pages with a video. */
export const useVideoKeys = (): void => {
  const video = useVideo();
  const bindings = useMemo((): readonly KeyBinding[] => {
    if (!video) return [];
    return [
      { keys: [' '], says: 'Play or pause', run: unlessPressing(video.toggle) },
      { keys: ['.'], says: 'One frame on', run: () => video.step(1) },
      { keys: [','], says: 'One frame back', run: () => video.step(-1) },
    ];
  }, [video]);
  useKeys(bindings);
};

/** Keys that lead from one rollout to another. Memoise `samples`. */
export const useRolloutKeys = ({ previous, next, samples, up }: RolloutKeys): void => {
  const router = useRouter();
  const bindings = useMemo((): readonly KeyBinding[] => {
    const go = (route: Route | undefined) => () => {
      if (route) router.push(route);
    };
    return [
      { keys: ['j', 'n'], says: 'Next rollout of the list', run: go(next) },
      { keys: ['k', 'p'], says: 'Previous rollout of the list', run: go(previous) },
      { keys: ['g'], says: 'All samples of this question side by side', run: go(up) },
      ...SAMPLE_KEYS.slice(0, samples.length).map((key, at) => ({
        keys: [key],
        says: `Sample ${key} of this question`,
        run: go(samples[at]),
      })),
    ];
  }, [router, previous, next, up, samples]);
  useKeys(bindings);
};
