import { listRuns } from '@/lib/data/runs';
import { requireViewer } from '@/lib/data/session';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listRuns(await requireViewer())));
