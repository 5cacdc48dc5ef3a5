/** The studio's reward API on a port of its own, for a process that drives the loop without a web server. */
import { POST } from '@/app/api/v1/rewards/route';
import { config } from '@/lib/config';
import { REWARD_PATH } from '@/lib/domain/trainer-view';
import { openDoor } from '@/lib/http/node-door';

const answer = async (request: Request): Promise<Response> => {
  if (request.method !== 'POST' || new URL(request.url).pathname !== REWARD_PATH) {
    return new Response(null, { status: 404 });
  }
  // The gate is for browsers and knows the studio's own address; here the token decides alone.
  const headers = new Headers(request.headers);
  for (const name of ['origin', 'sec-fetch-site']) headers.delete(name);
  headers.set('host', new URL(config().VERIPO_BASE_URL).host);
  // Without one the route looks for a person's session, which only Next has.
  if (!headers.has('authorization')) headers.set('authorization', '');
  return POST(new Request(request, { headers }), {});
};

/** Listens on this machine alone until `close`; `url` is the reward API's. Without a port, any that is free. */
export const serveRewards = async (
  wanted = 0,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const door = await openDoor(answer, { host: '127.0.0.1', port: wanted });
  return { url: `${door.url}${REWARD_PATH}`, close: () => door.close(0) };
};
