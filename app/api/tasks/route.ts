import { requireViewer } from '@/lib/data/session';
import { listTasks } from '@/lib/data/tasks';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listTasks(await requireViewer())));
