import { requireViewer } from '@/lib/data/access/session';
import { listSamples } from '@/lib/data/calibration/samples';
import { handleRoute } from '@/lib/http/handle-route';

/** The samples with their progress. */
export const GET = handleRoute(async () => Response.json(await listSamples(await requireViewer())));
