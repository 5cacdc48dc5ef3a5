import { listQuestionSets } from '@/lib/data/question-sets';
import { requireViewer } from '@/lib/data/session';
import { handleRoute } from '@/lib/http/handle-route';

export const GET = handleRoute(async () => Response.json(await listQuestionSets(await requireViewer())));
