import { z } from 'zod';
import { signInWithLink } from '@/lib/data/access/sign-in-link';

const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{16,128}$/);

/** Spends a one-time link and lands on the runs; a spent or old link says so. */
export async function GET(request: Request): Promise<Response> {
  const token = tokenSchema.safeParse(new URL(request.url).searchParams.get('token'));
  const cookies = token.success ? await signInWithLink(token.data) : undefined;
  const headers = new Headers({ location: cookies ? '/runs' : '/sign-in?used', 'cache-control': 'no-store' });
  for (const cookie of cookies ?? []) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
