import { config } from '@/lib/config';
import { handleRoute } from '@/lib/http/handle-route';
import { openApiDocument } from '@/lib/http/openapi';

/** The description of this API. It holds nothing of anybody's, so it needs no token. */
export const GET = handleRoute(async () => Response.json(openApiDocument(config().VERIPO_BASE_URL)));
