import 'server-only';
import { type Heard, listenToEvents } from '@/lib/data/events';
import type { Viewer } from '@/lib/data/viewer';

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2_000;

/** Server-sent events of the viewer's project: `data: {"topic", "id"}`, until the client goes away. */
export const eventStream = async (viewer: Viewer, signal: AbortSignal): Promise<Response> => {
  const encoder = new TextEncoder();
  let deliver = (_event: Heard) => {};
  // Before the answer begins, so that a person without a project gets a status and not a broken stream.
  const stopListening = await listenToEvents(viewer, (event) => deliver(event));
  let close = () => {};
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      let ended = false;
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
      deliver = (event) => send(`data: ${JSON.stringify(event)}\n\n`);
      close = () => {
        ended = true; // whether the client left or the server ends it: `controller.close` must not come twice
        deliver = () => {};
        clearInterval(heartbeat);
        stopListening();
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
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // A reverse proxy that buffers would hold every event back.
      'x-accel-buffering': 'no',
    },
  });
};
