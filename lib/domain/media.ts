/** Videos: what a file turned out to be, and what to say about it. */
import { z } from 'zod';

export const mediaStates = ['pending', 'playable', 'missing', 'unplayable'] as const;
export const mediaStateSchema = z.enum(mediaStates);
export type MediaState = z.infer<typeof mediaStateSchema>;

/** `maybe`: it depends on the browser and its machine (HEVC); the frames are shown either way. */
export const browserSupports = ['yes', 'maybe', 'no'] as const;

export const probeSchema = z.object({
  /** Name of the container as FFmpeg has it, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: z.string(),
  /** e.g. `h264`, `hevc`, `av1`, `vp9`. */
  codec: z.string(),
  /** RFC 6381, e.g. `avc1.64001f`; null where the codec has none. */
  codecString: z.string().nullable(),
  pixelFormat: z.string().nullable(),
  /** Of the coded picture, before rotation and pixel shape. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** As it must be shown: pixels made square, then rotated. */
  displayWidth: z.int().positive(),
  displayHeight: z.int().positive(),
  /** Degrees clockwise that the player turns the picture by. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** Of the video stream, from the first frame shown to the end of the last. */
  durationSeconds: z.number().nonnegative(),
  /** Time of the first frame on the clock that a player shows. */
  startSeconds: z.number(),
  frameCount: z.int().positive(),
  /** False when frames were counted without decoding them: some may turn out to be damaged. */
  frameCountExact: z.boolean(),
  /** Average over the stream. */
  fps: z.number().positive(),
  /** What the file's header says, which is what samplers of frames go by. */
  statedFps: z.number().positive().nullable(),
  variableFrameRate: z.boolean(),
  videoStreams: z.int().positive(),
  audioStreams: z.int().nonnegative(),
  browser: z.enum(browserSupports),
  /** Sentences for people: what is odd about it, and what the studio does about that. */
  notes: z.array(z.string()),
});
export type Probe = z.infer<typeof probeSchema>;

/** Frames are this far from even spacing when the rate varies: a tenth of the average gap. */
const UNEVEN_SHARE = 0.1;

/** Whether times in seconds, in order, are so uneven that `index / fps` misses frames. */
export const isUneven = (seconds: readonly number[]): boolean => {
  const [first] = seconds;
  const last = seconds.at(-1);
  if (first === undefined || last === undefined || seconds.length < 3) return false;
  const gap = (last - first) / (seconds.length - 1);
  return seconds.some(
    (time, at) => at > 0 && Math.abs(time - (seconds[at - 1] ?? time) - gap) > gap * UNEVEN_SHARE + 0.0011,
  );
};
