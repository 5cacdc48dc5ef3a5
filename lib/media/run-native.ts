import 'server-only';
/** Runs `native.ts` on a file in a process of its own, with a time limit and none of the studio's secrets. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { type RawProbe, rawProbeSchema } from '@/lib/domain/media-report';
import { log } from '@/lib/log';

const PROBE_MS = 120_000;
const FRAMES_MS = 60_000;
const MAX_PROBE_BYTES = 64 * 1024 * 1024;
const MAX_FRAMES_BYTES = 256 * 1024 * 1024;

type Output = { readonly bytes: Buffer; readonly end: 'ended' | 'timeout' | 'crashed' };

const run = (args: readonly string[], limitMs: number, maxBytes: number, signal?: AbortSignal): Promise<Output> =>
  new Promise((resolve, reject) => {
    const script = path.join(process.cwd(), 'lib/media/native.ts');
    const child = spawn(process.execPath, ['--max-old-space-size=512', script, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      // A hostile file that takes the process over finds neither the database's address nor a secret.
      env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let late = false;
    const kill = () => child.kill('SIGKILL');
    const timer = setTimeout(() => {
      late = true;
      kill();
    }, limitMs);
    signal?.addEventListener('abort', kill, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) kill();
      else chunks.push(chunk);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signalName) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
      if (signal?.aborted) return reject(signal.reason);
      if (code !== 0)
        log.warn({ code, signal: signalName, late, args: args.slice(0, 2) }, 'the video reader did not end well');
      return resolve({ bytes: Buffer.concat(chunks), end: late ? 'timeout' : code === 0 ? 'ended' : 'crashed' });
    });
  });

/** Reads what a file is. Never throws for a bad file; throws the signal's reason when it aborts. */
export const probeFile = async (file: string, signal?: AbortSignal): Promise<RawProbe> => {
  const { bytes, end } = await run(['probe', file], PROBE_MS, MAX_PROBE_BYTES, signal);
  if (end !== 'ended') return { fault: end };
  return rawProbeSchema.parse(JSON.parse(bytes.toString('utf8')));
};

export type WantedFrame = { readonly index: number; readonly seconds: number };
export type FrameShape = { readonly rotation: number; readonly width: number; readonly height: number };
/** `seconds` is the time of the frame that was found, which damage may make a later one. */
export type ExtractedFrame = { readonly index: number; readonly seconds: number; readonly jpeg: Buffer };

/** Extracts frames as JPEG; those that cannot be decoded are left out. */
export const extractFrames = async (
  file: string,
  { rotation, width, height }: FrameShape,
  wanted: readonly WantedFrame[],
): Promise<ExtractedFrame[]> => {
  const list = wanted.map(({ index, seconds }) => `${index}:${seconds}`).join(',');
  const args = ['frames', file, String(rotation), String(width), String(height), list];
  const { bytes } = await run(args, FRAMES_MS, MAX_FRAMES_BYTES);
  return readFrames(bytes);
};

const readFrames = (bytes: Buffer): ExtractedFrame[] => {
  const frames: ExtractedFrame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    if (end === -1) break;
    const head: unknown = JSON.parse(bytes.toString('utf8', at, end));
    const parsed = headSchema.safeParse(head);
    if (!parsed.success) break; // a fault: what came before it is good
    const start = end + 1;
    const stop = start + parsed.data.bytes;
    if (stop > bytes.length) break; // cut off by the time limit
    frames.push({ index: parsed.data.index, seconds: parsed.data.seconds, jpeg: bytes.subarray(start, stop) });
    at = stop;
  }
  return frames;
};

const headSchema = z.object({ index: z.int(), seconds: z.number(), bytes: z.int().positive() });
