import { requireApiViewer } from '@/lib/data/access/session';
import { eventStream } from '@/lib/http/event-stream';
import { handleRoute } from '@/lib/http/handle-route';

/** The same events for scripts, by bearer token. */
export const GET = handleRoute(async (request) => eventStream(await requireApiViewer(request), request.signal));
