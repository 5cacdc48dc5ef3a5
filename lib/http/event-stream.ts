import 'server-only';
import { type Heard, listenToEvents } from '@/lib/data/events';
import type { Viewer } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2_000;
/** Then the client connects again by itself and shows who it is: a revoked token or a former member hears no more. */
export const STREAM_MS = 5 * 60_000;
/** Streams of one person in this process: a browser opens a handful, and a script needs one. */
export const MAX_STREAMS = 50;
/** Bytes that a client may leave unread before it counts as gone. */
const MAX_UNREAD = 256 * 1024;

const open = new Map<string, number>();

/** Counts a person's stream; returns what gives its place back, once. Throws `busy` beyond the limit. */
const takePlace = (userId: string): (() => void) => {
  const count = open.get(userId) ?? 0;
  if (count >= MAX_STREAMS) throw new AppError('busy', 'Too many event streams are open: close some of them first');
  open.set(userId, count + 1);
  let taken = true;
  return () => {
    if (!taken) return;
    taken = false;
    const left = (open.get(userId) ?? 1) - 1;
    if (left > 0) open.set(userId, left);
    else open.delete(userId);
  };
};

/**
 * Server-sent events of the viewer's project: `data: {"topic", "id"}`, until the client goes away, reads no more or
 * has listened for five minutes. Throws `not_found` for a viewer without a project, `busy` for too many streams.
 */
export const eventStream = async (viewer: Viewer, signal: AbortSignal): Promise<Response> => {
  const leavePlace = takePlace(viewer.userId);
  try {
    return await openStream(viewer, signal, leavePlace);
  } catch (error) {
    leavePlace();
    throw error;
  }
};

const openStream = async (viewer: Viewer, signal: AbortSignal, leavePlace: () => void): Promise<Response> => {
  const encoder = new TextEncoder();
  let deliver = (_event: Heard) => {};
  // Before the answer begins, so that a person without a project gets a status and not a broken stream.
  const stopListening = await listenToEvents(viewer, (event) => deliver(event));
  let close = () => {};
  const unread = new ByteLengthQueuingStrategy({ highWaterMark: MAX_UNREAD });
  const stream: UnderlyingDefaultSource<Uint8Array> = {
    start: (controller) => {
      let ended = false;
      const send = (text: string) => {
        controller.enqueue(encoder.encode(text));
        if ((controller.desiredSize ?? 0) <= 0) abort();
      };
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
      const lifetime = setTimeout(() => abort(), STREAM_MS);
      deliver = (event) => send(`data: ${JSON.stringify(event)}\n\n`);
      close = () => {
        ended = true; // whether the client left or the server ends it: `controller.close` must not come twice
        deliver = () => {};
        clearInterval(heartbeat);
        clearTimeout(lifetime);
        stopListening();
        leavePlace();
      };
      const abort = () => {
        if (ended) return;
        close();
        controller.close();
      };
      send(`retry: ${RETRY_MS}\n\n`);
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    },
    cancel: () => close(),
  };
  return new Response(new ReadableStream(stream, unread), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // A reverse proxy that buffers would hold every event back.
      'x-accel-buffering': 'no',
    },
  });
};
