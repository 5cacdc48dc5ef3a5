'use client';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { z } from 'zod';
import { topics } from '@/lib/domain/topic';
import { refresh } from './refresh';

const heard = [...topics, 'reconnected'] as const;
type Topic = (typeof heard)[number];
const eventSchema = z.object({ topic: z.enum(heard), id: z.string() });

/** First parts of the query keys that a change makes stale; `reconnected` makes everything so. */
const stale: Record<Exclude<Topic, 'reconnected'>, readonly string[]> = {
  task: ['tasks', 'imports'],
  import: ['imports', 'runs', 'question-sets', 'rollouts', 'groups', 'launch', 'lengths', 'comparison'],
  verdict: [
    'runs',
    'rollouts',
    'rollout',
    'groups',
    'pairs',
    'verifier',
    'judges',
    'calibration',
    'lengths',
    'comparison',
  ],
  pair: ['pairs', 'pair-sets', 'runs', 'lengths'],
  media: ['media', 'question-sets', 'rollouts', 'rollout', 'launch'],
  trainer: ['trainers', 'launch'],
  iteration: ['iterations', 'runs', 'lineage', 'curriculum', 'launch', 'pairs', 'comparison'],
  job: ['jobs', 'iterations'],
  rollout: ['rollouts', 'groups', 'runs', 'question-sets', 'lengths', 'comparison'],
  verifier: ['verifier', 'runs', 'launch', 'comparison'],
  judge: ['judges'],
  label: ['calibration'],
  'question-set': ['question-sets', 'runs'],
};

/** Progress comes many times a second; screens follow at this pace. */
const PACE_MS = 500;

/** Collects topics and refreshes their queries once per pace; returns what to call with news and at the end. */
const paced = (client: QueryClient) => {
  const waiting = new Set<Topic>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const all = waiting.has('reconnected');
    const roots = new Set([...waiting].flatMap((topic) => (topic === 'reconnected' ? [] : stale[topic])));
    waiting.clear();
    void refresh(client, ({ queryKey }) => all || roots.has(String(queryKey[0])));
  };
  return {
    hear: (topic: Topic) => {
      waiting.add(topic);
      timer ??= setTimeout(flush, PACE_MS);
    },
    stop: () => clearTimeout(timer),
  };
};

const parse = (data: unknown): Topic | undefined => {
  try {
    return eventSchema.parse(JSON.parse(z.string().parse(data))).topic;
  } catch {
    return undefined; // a newer server's event: this page does not know it
  }
};

/** Opens the stream; `missed` says that changes went by unheard before it. Returns what closes it. */
const connect = (hear: (topic: Topic) => void, missed: boolean): (() => void) => {
  const source = new EventSource('/api/events');
  let lost = missed;
  source.onmessage = ({ data }) => {
    const topic = parse(data);
    if (topic) hear(topic);
  };
  source.onerror = () => {
    lost = true; // the browser connects again by itself
  };
  source.onopen = () => {
    if (lost) hear('reconnected');
    lost = false;
  };
  return () => source.close();
};

/**
 * One stream of changes for this tab, for as long as the caller is mounted: mount it once, in the shell. A tab in the
 * background lets go of its stream, since a browser opens six connections to one host and the seventh tab would hang;
 * whatever went by unheard is asked again when it comes back.
 */
export const useLiveUpdates = (): void => {
  const client = useQueryClient();
  useEffect(() => {
    const { hear, stop } = paced(client);
    let close: (() => void) | undefined = document.hidden ? undefined : connect(hear, false);
    const follow = () => {
      close?.();
      close = document.hidden ? undefined : connect(hear, true);
    };
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      close?.();
      stop();
    };
  }, [client]);
};
