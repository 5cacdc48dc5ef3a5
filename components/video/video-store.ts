/** What the player shows at the moment, outside React: it changes with every frame, and only few views follow it. */

export type VideoMoment = {
  /** Frame on the screen, 0 is the first of the clip. */
  readonly frame: number;
  readonly playing: boolean;
};

export type VideoStore = {
  readonly get: () => VideoMoment;
  readonly set: (change: Partial<VideoMoment>) => void;
  readonly subscribe: (listener: () => void) => () => void;
};

/** A moment that views can follow by `useSyncExternalStore`. */
export const createVideoStore = (): VideoStore => {
  let moment: VideoMoment = { frame: 0, playing: false };
  const listeners = new Set<() => void>();
  return {
    get: () => moment,
    set: (change) => {
      const next = { ...moment, ...change };
      if (next.frame === moment.frame && next.playing === moment.playing) return;
      moment = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
