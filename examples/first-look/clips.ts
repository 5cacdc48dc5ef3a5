/** The clips of the first look: one coloured shape that moves over mid-grey, drawn and encoded here. */
import { Encoder, Muxer } from 'node-av/api';
import { AV_LOG_ERROR, AV_PIX_FMT_YUV420P, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { Frame, Log, Rational } from 'node-av/lib';

export const SIZE = 224;
export const FPS = 4;
export const FRAMES = 32;
const RADIUS = 26;

/** BT.601 studio-range Y, U, V. */
const colours = {
  red: [81, 90, 240],
  green: [145, 54, 34],
  blue: [60, 225, 105],
  yellow: [190, 40, 150],
} as const;
export type Colour = keyof typeof colours;
export const colourNames = Object.keys(colours) as Colour[];

export const shapes = ['circle', 'square', 'diamond'] as const;
export type Shape = (typeof shapes)[number];

/** Unit steps in pixels, y downwards. */
export const directions = { right: [1, 0], left: [-1, 0], up: [0, -1], down: [0, 1] } as const;
export type Direction = keyof typeof directions;

export type Clip = { name: string; colour: Colour; shape: Shape; direction: Direction; pixelsPerFrame: number };

const inside: Record<Shape, (x: number, y: number) => boolean> = {
  circle: (x, y) => x * x + y * y <= RADIUS * RADIUS,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= RADIUS * 0.88,
  diamond: (x, y) => Math.abs(x) + Math.abs(y) <= RADIUS * 1.2,
};

/** Where the shape's centre is at a frame, in pixels from the top left. */
export const centreAt = (clip: Clip, frame: number): readonly [number, number] => {
  const [dx, dy] = directions[clip.direction];
  const travelled = (frame - (FRAMES - 1) / 2) * clip.pixelsPerFrame;
  return [SIZE / 2 + dx * travelled, SIZE / 2 + dy * travelled];
};

const drawFrame = (clip: Clip, frame: number): Buffer => {
  const half = SIZE / 2;
  const planes = Buffer.alloc(SIZE * SIZE + 2 * half * half, 128);
  const [cx, cy] = centreAt(clip, frame);
  const [luma, u, v] = colours[clip.colour];
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      if (!inside[clip.shape](x + 0.5 - cx, y + 0.5 - cy)) continue;
      planes[y * SIZE + x] = luma;
      const chroma = SIZE * SIZE + (y >> 1) * half + (x >> 1);
      planes[chroma] = u;
      planes[chroma + half * half] = v;
    }
  }
  return planes;
};

async function* framesOf(clip: Clip): AsyncGenerator<Frame | null> {
  for (let index = 0; index < FRAMES; index++) {
    yield Frame.fromVideoBuffer(drawFrame(clip, index), {
      width: SIZE,
      height: SIZE,
      format: AV_PIX_FMT_YUV420P,
      timeBase: new Rational(1, FPS),
      pts: BigInt(index),
    });
  }
  // Null flushes what the encoder still holds.
  yield null;
}

/** Writes one clip as H.264 in MP4. */
export const writeClip = async (clip: Clip, file: string): Promise<void> => {
  Log.setLevel(AV_LOG_ERROR);
  await using muxer = await Muxer.open(file, { options: { movflags: '+faststart' } });
  using encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    context: { gopSize: FPS, maxBFrames: 0, framerate: new Rational(FPS, 1) },
    options: { crf: 23, preset: 'veryslow' },
  });
  const stream = muxer.addStream(encoder);
  for await (const packet of encoder.packets(framesOf(clip))) {
    if (packet) await muxer.writePacket(packet, stream);
  }
};
