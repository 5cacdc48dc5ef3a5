import 'server-only';
/**
 * Frames of a video as pictures. A strip asks for many frames of one video at once: what is asked while a reader is
 * busy waits together and is read in one go.
 */
import { createHash } from 'node:crypto';
import { AppError } from '@/lib/errors';
import { readCachedFrame, writeCachedFrame } from './frame-cache';
import { extractFrames, type FrameShape } from './run-native';

/** Widths that may be asked for; `full` is the video's own, at most 1920. */
export const frameWidths = ['160', '320', '640', 'full'] as const;
export type FrameWidth = (typeof frameWidths)[number];

const MAX_WIDTH = 1920;
const READERS = 2;
const MAX_WAITING = 2_000;
const MAX_PER_RUN = 128;

export type FrameSource = {
  readonly path: string;
  /** Changes whenever the file does. */
  readonly version: string;
  readonly rotation: number;
  readonly displayWidth: number;
  readonly displayHeight: number;
  readonly frameSeconds: readonly number[];
};

type Asked = {
  readonly index: number;
  readonly resolve: (jpeg: Buffer | undefined) => void;
  readonly reject: (error: unknown) => void;
};
type Line = {
  readonly source: FrameSource;
  readonly shape: FrameShape;
  readonly asked: Asked[];
  readonly keyOf: (index: number) => string;
};

const lines = new Map<string, Line>();
let readers = 0;

const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2);

const shapeOf = ({ rotation, displayWidth, displayHeight }: FrameSource, width: FrameWidth): FrameShape => {
  const wanted = width === 'full' ? Math.min(displayWidth, MAX_WIDTH) : Math.min(Number(width), displayWidth);
  const scale = wanted / displayWidth;
  return { rotation, width: even(wanted), height: even(displayHeight * scale) };
};

/**
 * The picture of one frame as JPEG, turned and with square pixels. Throws `not_found` for an index that the video
 * does not have, `conflict` when this frame is damaged, `busy` when too many wait.
 */
export const readFrame = async (source: FrameSource, index: number, width: FrameWidth): Promise<Buffer> => {
  if (source.frameSeconds[index] === undefined) {
    throw new AppError('not_found', `The video has no frame ${index}: its last is ${source.frameSeconds.length - 1}`);
  }
  const shape = shapeOf(source, width);
  const prefix = createHash('sha256')
    .update(`${source.path}\0${source.version}\0${shape.width}x${shape.height}`)
    .digest('hex')
    .slice(0, 32);
  const keyOf = (at: number) => `${prefix}-${at}`;
  const cached = await readCachedFrame(keyOf(index));
  if (cached) return cached;
  const jpeg = await ask({ source, shape, asked: [], keyOf }, prefix, index);
  if (!jpeg) throw new AppError('conflict', `Frame ${index} is damaged and cannot be decoded`);
  return jpeg;
};

const ask = (fresh: Line, name: string, index: number): Promise<Buffer | undefined> => {
  const waiting = [...lines.values()].reduce((sum, { asked }) => sum + asked.length, 0);
  if (waiting >= MAX_WAITING) throw new AppError('busy', 'Too many frames are being read: try again in a moment');
  const line = lines.get(name) ?? fresh;
  lines.set(name, line);
  return new Promise((resolve, reject) => {
    line.asked.push({ index, resolve, reject });
    // After this turn of the loop, so that requests of one strip meet.
    setImmediate(startReaders);
  });
};

const startReaders = (): void => {
  while (readers < READERS) {
    const next = lines.entries().next().value;
    if (!next) return;
    const [name, line] = next;
    const asked = line.asked.splice(0, MAX_PER_RUN);
    lines.delete(name); // to the end of the queue, so that no video starves another
    if (line.asked.length > 0) lines.set(name, line);
    if (asked.length === 0) continue;
    readers += 1;
    readAsked(line, asked).finally(() => {
      readers -= 1;
      startReaders();
    });
  }
};

const readAsked = async ({ source, shape, keyOf }: Line, asked: readonly Asked[]): Promise<void> => {
  try {
    const indices = [...new Set(asked.map(({ index }) => index))];
    const wanted = indices.map((index) => ({ index, seconds: source.frameSeconds[index] ?? 0 }));
    const frames = await extractFrames(source.path, shape, wanted);
    const pictures = new Map<number, Buffer>();
    for (const { index, seconds, jpeg } of frames) {
      if (!isSameFrame(source.frameSeconds, index, seconds)) continue;
      pictures.set(index, jpeg);
      await writeCachedFrame(keyOf(index), jpeg);
    }
    for (const { index, resolve } of asked) resolve(pictures.get(index));
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
};

/** A damaged frame makes the decoder give a later one, which is not the one that was asked for. */
const isSameFrame = (frameSeconds: readonly number[], index: number, seconds: number): boolean => {
  const wanted = frameSeconds[index] ?? 0;
  const next = frameSeconds[index + 1];
  return seconds < (next === undefined ? wanted + 1 : (wanted + next) / 2);
};
