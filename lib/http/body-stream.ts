import 'server-only';
import { AppError } from '@/lib/errors';

/**
 * The chunks of a request's body, gunzipped where its header says so, of at most `maxBytes` unpacked. Throws
 * `too_large`, `unsupported` for another encoding, `invalid` for broken gzip and for a connection that broke.
 */
export async function* bodyChunks(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  if (!request.body) throw new AppError('invalid', 'The request has no body');
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new AppError('unsupported', `The body may be packed with gzip, not with ${encoding.slice(0, 40)}`);
  }
  const plain: ReadableStream<Uint8Array> =
    encoding === 'gzip' ? request.body.pipeThrough(new DecompressionStream('gzip')) : request.body;
  let bytes = 0;
  try {
    for await (const chunk of plain) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes)
        throw new AppError('too_large', `A request may have ${maxBytes} bytes unpacked; what came before is in`);
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid', 'The body broke off or is not what its encoding says', { cause });
  }
}
