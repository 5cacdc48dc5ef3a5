import 'server-only';
/** Tokens and keys at rest: sealed with a key that comes from the studio's secret, so that a copy of the database alone opens nothing. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First byte of what is sealed: another way of sealing takes another number. */
const VERSION = 1;

/** What is sealed: each purpose has a key of its own, so that one noun's secret opens as nothing else. */
type Purpose = 'trainer token' | 'judge key';

/** What a person reads when it does not open. */
const advice: Readonly<Record<Purpose, string>> = {
  'trainer token':
    'The token of this trainer was stored under another VERIPO_SECRET. Forget the trainer and register it again.',
  'judge key': 'The key of this judge was stored under another VERIPO_SECRET. Give the judge its key again.',
};

/** Derived for one purpose (RFC 5869): other uses of the same secret derive other keys. */
const keyFor = (purpose: Purpose): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', config().VERIPO_SECRET, '', `veripo ${purpose}`, KEY_BYTES));

/** Seals a text with AES-256-GCM: version, nonce, tag, then the ciphertext. The same text seals differently each time. */
export const seal = (purpose: Purpose, text: string): Uint8Array<ArrayBuffer> => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyFor(purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Uint8Array.from(Buffer.concat([Uint8Array.of(VERSION), nonce, cipher.getAuthTag(), sealed]));
};

/**
 * Opens what `seal` made for the same purpose.
 *
 * @throws AppError `conflict` when it was sealed with another secret or is damaged.
 */
export const unseal = (purpose: Purpose, bytes: Uint8Array): string => {
  const [nonceAt, tagAt, textAt] = [1, 1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES];
  try {
    if (bytes[0] !== VERSION || bytes.length < textAt) throw new Error('not a sealed text');
    const decipher = createDecipheriv(ALGORITHM, keyFor(purpose), bytes.subarray(nonceAt, tagAt), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(tagAt, textAt));
    return Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('conflict', advice[purpose], { cause });
  }
};
