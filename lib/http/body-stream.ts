import 'server-only';
import { AppError } from '@/lib/errors';

/** A sender that is silent for this long is gone: what it holds (a run's lock, a connection) is wanted by others. */
const IDLE_MS = 60_000;

type Limits = {
  readonly idleMs?: number | undefined;
  /** False when nothing is done before the whole body is there; what is said to a sender that fails differs. */
  readonly kept?: boolean;
};

/**
 * The chunks of a request's body, gunzipped where its header says so, of at most `maxBytes` unpacked. Throws
 * `too_large`, `unsupported` for another encoding, `invalid` for broken gzip, for a connection that broke, and when
 * no byte comes for `idleMs`.
 */
export async function* bodyChunks(
  request: Request,
  maxBytes: number,
  { idleMs = IDLE_MS, kept = true }: Limits = {},
): AsyncGenerator<Uint8Array> {
  const after = kept ? '; what came before is in' : '';
  if (!request.body) throw new AppError('invalid', 'The request has no body');
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new AppError('unsupported', `The body may be packed with gzip, not with ${encoding.slice(0, 40)}`);
  }
  const plain: ReadableStream<Uint8Array> =
    encoding === 'gzip' ? request.body.pipeThrough(new DecompressionStream('gzip')) : request.body;
  const reader = plain.getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { value, done } = await readInTime(reader, idleMs, after);
      if (done) return;
      bytes += value.byteLength;
      if (bytes > maxBytes)
        throw new AppError('too_large', `A request may have at most ${maxBytes} bytes unpacked${after}`);
      yield value;
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid', 'The body broke off or is not what its encoding says', { cause });
  } finally {
    await reader.cancel().catch(() => undefined); // it failed: that is what the caller hears
  }
}

/** Only waiting for the sender counts: however long a chunk's use takes, its sender is not late. */
const readInTime = async (reader: ReadableStreamDefaultReader<Uint8Array>, idleMs: number, after: string) => {
  let late: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    const seconds = Math.round(idleMs / 1000);
    const gone = new AppError('invalid', `No byte came for ${seconds} seconds${after}`);
    late = setTimeout(() => reject(gone), idleMs);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(late);
  }
};
