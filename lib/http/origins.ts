/** Which Host and Origin this studio answers to: its own base URL, and loopback names on the same port. */

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

const allowedHosts = (): ReadonlySet<string> => {
  const base = new URL(process.env.VERIPO_BASE_URL ?? 'http://127.0.0.1:3000');
  const suffix = base.port ? `:${base.port}` : '';
  // A public address answers to its own name alone; loopback names are one machine.
  const isLoopback = LOOPBACK.includes(base.hostname);
  return new Set([base.host, ...(isLoopback ? LOOPBACK.map((name) => `${name}${suffix}`) : [])]);
};

/** A wrong Host means DNS rebinding or a proxy nobody declared. */
export const isAllowedHost = (host: string | null): boolean => host !== null && allowedHosts().has(host.toLowerCase());

/**
 * Whether a request may act, for every verb. Browsers state `Origin` on everything but plain GETs and
 * `Sec-Fetch-Site` on all; scripts state neither. Following a link from elsewhere (a cross-site GET that navigates)
 * is allowed, since GET changes nothing.
 */
export const isAllowedOrigin = (origin: string | null, fetchSite: string | null, method: string): boolean => {
  if (origin !== null) {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    return url !== undefined && allowedHosts().has(url.host);
  }
  const reads = method === 'GET' || method === 'HEAD';
  return reads || fetchSite === null || fetchSite === 'same-origin' || fetchSite === 'none';
};
