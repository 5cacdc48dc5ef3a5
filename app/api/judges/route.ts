import { requireViewer } from '@/lib/data/access/session';
import { listJudges } from '@/lib/data/judges/read';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listJudges(await requireViewer())));
