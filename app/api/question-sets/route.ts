import { requireViewer } from '@/lib/data/access/session';
import { listQuestionSets } from '@/lib/data/question-sets/read';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listQuestionSets(await requireViewer())));
