/** SHA-256 of several texts at once, so that no two different lists of texts are ever the same bytes. */
import { hash } from 'node:crypto';

/** Lower-case hex of the digest. Parts carry their length, so ('ab', 'c') and ('a', 'bc') differ. */
export const digest = (...parts: readonly string[]): string =>
  hash('sha256', parts.map((part) => `${part.length}:${part}`).join(''), 'hex');
