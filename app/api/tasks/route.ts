import { requireViewer } from '@/lib/data/access/session';
import { listTasks } from '@/lib/data/tasks/read';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listTasks(await requireViewer())));
