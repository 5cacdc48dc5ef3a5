import { requireViewer } from '@/lib/data/access/session';
import { eventStream } from '@/lib/http/event-stream';
import { handleRoute } from '@/lib/http/handle-route';

/** What changes in the viewer's project, as it changes. */
export const GET = handleRoute(async (request) => eventStream(await requireViewer(), request.signal));
