/** From what FFmpeg read to what people are told: a state, a sentence, and the facts that screens need. */
import { z } from 'zod';
import { type browserSupports, isUneven, type Probe, probeSchema } from './media';

/** What `lib/media/native.ts` prints about a file. */
export const rawProbeSchema = z.union([
  z.object({ fault: z.string() }),
  z.object({
    container: z.string(),
    codec: z.string(),
    codecString: z.string().nullable(),
    pixelFormat: z.string().nullable(),
    width: z.int(),
    height: z.int(),
    pixelAspect: z.number().positive(),
    rotation: z.int(),
    statedSeconds: z.number().nullable(),
    statedFps: z.number().nullable(),
    videoStreams: z.int(),
    audioStreams: z.int(),
    packets: z.int(),
    times: z.array(z.number()),
    exact: z.boolean(),
    decoded: z.int(),
    damaged: z.int(),
    lastDuration: z.number(),
  }),
]);
export type RawProbe = z.infer<typeof rawProbeSchema>;
type Facts = Exclude<RawProbe, { fault: string }>;

export type MediaReport =
  | { readonly state: 'unplayable'; readonly sentence: string }
  | { readonly state: 'playable'; readonly probe: Probe; readonly frameSeconds: readonly number[] };

const faults: Readonly<Record<string, string>> = {
  unreadable: 'This is not a video that can be read: the file is damaged, cut off at its start, or something else.',
  'audio-only': 'The file has sound but no picture.',
  'no-stream': 'The file holds no video stream; it may be a download that never finished.',
  'no-frames': 'The file announces a video but holds no frame of it.',
  undecodable: 'None of its frames can be decoded.',
  'no-decoder': 'No decoder on this machine knows how this video is coded.',
  'too-large': 'The picture is larger than 67 million pixels, which is not opened.',
  timeout: 'Reading the file took too long, so it was given up.',
  crashed: 'The file made the video reader crash; it is damaged or made to do harm.',
};

/** What to tell about a file. `bytes` is its size. */
export const reportMedia = (raw: RawProbe, bytes: number): MediaReport => {
  if ('fault' in raw) return { state: 'unplayable', sentence: faultSentence(raw.fault, bytes) };
  const first = raw.times[0];
  const last = raw.times.at(-1);
  if (first === undefined || last === undefined || raw.width <= 0 || raw.height <= 0) {
    return { state: 'unplayable', sentence: faultSentence('no-frames', bytes) };
  }
  // A clip that begins before zero is moved to zero by players.
  const shift = first < 0 ? -first : 0;
  const frameSeconds = raw.times.map((time) => time + shift);
  return { state: 'playable', probe: probeOf(raw, frameSeconds), frameSeconds };
};

const faultSentence = (fault: string, bytes: number): string => {
  const sentence = faults[fault] ?? faults.unreadable ?? '';
  return bytes < 10_000 ? `${sentence} It has ${bytes} bytes.` : sentence;
};

const SINGLE_FRAME_FPS = 1;

const probeOf = (raw: Facts, frameSeconds: readonly number[]): Probe => {
  const start = frameSeconds[0] ?? 0;
  const last = frameSeconds.at(-1) ?? start;
  const span = last - start;
  const average = frameSeconds.length > 1 && span > 0 ? (frameSeconds.length - 1) / span : undefined;
  const fps = average ?? (raw.lastDuration > 0 ? 1 / raw.lastDuration : SINGLE_FRAME_FPS);
  const lastDuration = raw.lastDuration > 0 ? raw.lastDuration : average ? 1 / average : 0;
  const turned = raw.rotation === 90 || raw.rotation === 270;
  const shown = squarePixels(raw);
  return probeSchema.parse({
    container: raw.container,
    codec: raw.codec,
    codecString: raw.codecString,
    pixelFormat: raw.pixelFormat,
    width: raw.width,
    height: raw.height,
    displayWidth: turned ? shown.height : shown.width,
    displayHeight: turned ? shown.width : shown.height,
    rotation: raw.rotation,
    durationSeconds: span + lastDuration,
    startSeconds: start,
    frameCount: frameSeconds.length,
    frameCountExact: raw.exact,
    fps,
    statedFps: raw.statedFps,
    variableFrameRate: isUneven(frameSeconds),
    videoStreams: raw.videoStreams,
    audioStreams: raw.audioStreams,
    browser: browserSupport(raw),
    notes: notesOf(raw, frameSeconds, span + lastDuration),
  });
};

/** Wide pixels widen the picture, tall ones heighten it, so that no detail is lost. */
const squarePixels = ({ width, height, pixelAspect }: Facts): { width: number; height: number } =>
  pixelAspect >= 1
    ? { width: Math.max(1, Math.round(width * pixelAspect)), height }
    : { width, height: Math.max(1, Math.round(height / pixelAspect)) };

const eightBit = /^(yuvj?420p|yuvj?422p|yuvj?444p|nv12|gray|gbrp)$/;

const browserSupport = ({ codec, pixelFormat, container }: Facts): (typeof browserSupports)[number] => {
  if (!/mp4|webm|ogg/.test(container)) return 'no';
  const plain = pixelFormat === 'yuv420p' || pixelFormat === 'yuvj420p';
  if (codec === 'h264') return plain ? 'yes' : 'maybe';
  if (codec === 'vp8' || codec === 'vp9' || codec === 'av1') return eightBit.test(pixelFormat ?? '') ? 'yes' : 'maybe';
  return codec === 'hevc' ? 'maybe' : 'no';
};

const codecNames: Readonly<Record<string, string>> = {
  hevc: 'HEVC (H.265)',
  h264: 'H.264',
  av1: 'AV1',
  mpeg4: 'MPEG-4 Part 2',
};
const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;

/** The header overstates the length by this share and time before it is worth a sentence. */
const CUT_SHARE = 0.15;
const CUT_SECONDS = 1;

const notesOf = (raw: Facts, frameSeconds: readonly number[], duration: number): string[] => {
  const notes: string[] = [];
  const frames = frameSeconds.length;
  const support = browserSupport(raw);
  if (support !== 'yes') {
    const name = codecNames[raw.codec] ?? raw.codec;
    const depth = /1[026]le|1[026]be/.test(raw.pixelFormat ?? '') ? ' with more than 8 bits a colour' : '';
    const may = support === 'maybe' ? 'may not play' : 'does not play';
    notes.push(`The browser ${may} ${name}${depth} in this file; its frames are extracted on the server.`);
  }
  const lost = raw.exact ? Math.max(0, raw.packets - raw.decoded) : 0;
  if (lost > 0)
    notes.push(`${lost} of ${raw.packets} frames ${lost === 1 ? 'is' : 'are'} damaged and cannot be decoded.`);
  else if (raw.damaged > 0)
    notes.push(
      `${raw.damaged} of ${frames} frames ${raw.damaged === 1 ? 'is' : 'are'} damaged and shown as far as possible.`,
    );
  const stated = raw.statedSeconds ?? 0;
  if (stated - duration > CUT_SECONDS && stated - duration > stated * CUT_SHARE) {
    notes.push(
      `The file announces ${seconds(stated)} but its video lasts ${seconds(duration)} (${frames} ${frames === 1 ? 'frame' : 'frames'}).`,
    );
  }
  if (frames === 1) notes.push('The video has a single frame.');
  if (isUneven(frameSeconds)) notes.push('The frame rate varies: frames are found by their own times.');
  if (raw.videoStreams > 1) notes.push(`The file has ${raw.videoStreams} video streams; the best one is shown.`);
  if (raw.pixelAspect !== 1) notes.push('Its pixels are not square; the picture is shown in its right shape.');
  if (!raw.exact) notes.push('The video is long: its frames were counted, and the later ones not decoded.');
  return notes;
};
