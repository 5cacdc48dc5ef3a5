import { requireViewer } from '@/lib/data/access/session';
import { listIterations } from '@/lib/data/iterations/read';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listIterations(await requireViewer())));
