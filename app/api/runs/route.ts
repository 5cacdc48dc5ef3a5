import { requireViewer } from '@/lib/data/access/session';
import { listRuns } from '@/lib/data/runs/list';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listRuns(await requireViewer())));
