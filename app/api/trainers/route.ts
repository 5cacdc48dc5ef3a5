import { requireViewer } from '@/lib/data/access/session';
import { listTrainers } from '@/lib/data/trainers/read';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listTrainers(await requireViewer())));
