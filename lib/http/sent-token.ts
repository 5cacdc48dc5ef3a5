import 'server-only';

/**
 * The password of HTTP Basic, or undefined where there is none. Trainers that only let one name a URL (OpenRLHF) send
 * a token so, for `http://token:veripo_…@host/`.
 */
export const basicPassword = (headers: Headers): string | undefined => {
  const basic = /^Basic ([A-Za-z0-9+/=]{1,2000})$/.exec(headers.get('authorization') ?? '')?.[1];
  return basic === undefined ? undefined : (Buffer.from(basic, 'base64').toString('utf8').split(':').at(-1) ?? '');
};

/** The token that a request carries, as a bearer's or as a password; undefined without one. */
export const sentToken = (headers: Headers): string | undefined =>
  /^Bearer ([!-~]{1,2000})$/.exec(headers.get('authorization') ?? '')?.[1] ?? basicPassword(headers);
