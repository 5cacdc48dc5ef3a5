/**
 * The gate in front of every page, action and route: which Host may be asked for, from which Origin, and what a page
 * may load. Identity is not checked here but where data is read (`lib/data`).
 */
import { type NextRequest, NextResponse } from 'next/server';
import { isAllowedHost, isAllowedOrigin } from '@/lib/http/origins';

const refuse = (message: string): NextResponse =>
  NextResponse.json({ error: { code: 'forbidden', message } }, { status: 403 });

const contentSecurityPolicy = (nonce: string): string => {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Positions of virtual rows and chart bars are style attributes; style elements need the nonce.
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
};

export function proxy(request: NextRequest): NextResponse {
  const host = request.headers.get('host');
  if (!isAllowedHost(host))
    return refuse('This studio does not answer to that Host: open it by the address it printed');
  if (!isAllowedOrigin(request.headers.get('origin'), request.headers.get('sec-fetch-site'), request.method)) {
    return refuse('Refused: the request came from another site');
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

// Everything but immutable build output, prefetches too: an action or a media route is never outside the gate. Behind a
// proxy Next drops what a body has beyond 10 MB, so the five routes that take long ones check for themselves
// (lib/http/gate.ts). They are left out by their whole path: Next runs an action that is posted to any address, also to
// one where nothing is.
export const config = {
  matcher: [
    '/((?!_next/static/|api/imports/upload$|api/v1/rollouts$|api/v1/rewards$|api/v1/verify$|api/tokenizers$).*)',
  ],
};
