import { requireViewer } from '@/lib/data/access/session';
import { listSavedViews } from '@/lib/data/saved-views/store';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listSavedViews(await requireViewer())));
