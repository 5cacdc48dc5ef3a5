/**
 * The only file that touches FFmpeg. It runs as a process of its own, because a hostile video may crash or hang
 * native code: then this process dies, and nothing else. Node runs this file as it is, so it imports nothing of ours.
 *
 *   probe FILE                    → one JSON line on standard output: `RawProbe`, or `{"fault"}`
 *   frames FILE TURN W H i:t,…    → per frame: one JSON line {"index", "seconds", "bytes"}, then that many bytes of
 *                                   JPEG, W×H after turning by TURN degrees clockwise; `t` in seconds
 */
import { writeSync } from 'node:fs';
import { Encoder, FilterAPI } from 'node-av/api';
import {
  AV_LOG_QUIET,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_PKT_FLAG_DISCARD,
  AVERROR_EOF,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
  FF_ENCODER_MJPEG,
} from 'node-av/constants';
import {
  avGetCodecName,
  avGetPixFmtName,
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  Log,
  Packet,
  type Stream,
} from 'node-av/lib';

/** Containers that hold a video themselves. Playlists could make FFmpeg open other files, so they are not here. */
const CONTAINERS = 'mov,mp4,matroska,webm,avi,mpegts,mpeg,flv,ogg,asf,h264,hevc,ivf,obu,m4v,mjpeg,gif';
const NO_PTS = -(2n ** 63n);
const MAX_PIXELS = 8192 * 8192;
const MAX_FRAMES = 2_000_000;
/** Decoding every frame finds the damaged ones; beyond this long, the rest is only counted. */
const DECODE_MS = 8_000;
/** Decoding forward is quicker than seeking when the next frame is this near. */
const NEAR_SECONDS = 2;
const JPEG_QUALITY = 3;

class Fault extends Error {}

const openFile = (file: string): FormatContext => {
  const format = new FormatContext();
  format.allocContext();
  const limits = Dictionary.fromObject({ protocol_whitelist: 'file', format_whitelist: CONTAINERS });
  if (format.openInputSync(`file:${file}`, null, limits) < 0) throw new Fault('unreadable');
  if (format.findStreamInfoSync(null) < 0) throw new Fault('unreadable');
  return format;
};

const findVideo = (format: FormatContext): Stream => {
  const { streams } = format;
  const best = format.findBestStream(AVMEDIA_TYPE_VIDEO);
  const stream = best < 0 ? undefined : streams[best];
  if (stream) return stream;
  throw new Fault(
    streams.some(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO) ? 'audio-only' : 'no-stream',
  );
};

const openDecoder = (stream: Stream): CodecContext => {
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  if (!codec) throw new Fault('no-decoder');
  const context = new CodecContext();
  context.allocContext3(codec);
  context.parametersToContext(stream.codecpar);
  context.pktTimebase = stream.timeBase;
  context.threadCount = 2;
  if (context.open2Sync(codec, null) < 0) throw new Fault('no-decoder');
  return context;
};

/** Calls back with every frame that a packet (null: the end) completes; stops when the callback returns true. */
const decode = (
  decoder: CodecContext,
  packet: Packet | null,
  frame: Frame,
  each: (frame: Frame) => boolean,
): boolean => {
  // A damaged packet is an error of its own; the decoder goes on with the next.
  decoder.sendPacketSync(packet);
  while (decoder.receiveFrameSync(frame) >= 0) {
    const stop = each(frame);
    frame.unref();
    if (stop) return true;
  }
  return false;
};

/** Degrees clockwise by which the picture must be turned, from the display matrix (16.16 fixed point). */
const rotationOf = (stream: Stream): number => {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix || matrix.length < 36) return 0;
  const at = (index: number) => matrix.readInt32LE(index * 4);
  const degrees = (Math.atan2(at(1), at(0)) * 180) / Math.PI;
  return Number.isFinite(degrees) ? (((Math.round(degrees / 90) * 90) % 360) + 360) % 360 : 0;
};

const ratio = ({ num, den }: { num: number; den: number }): number | null => (num > 0 && den > 0 ? num / den : null);

const probe = (file: string): unknown => {
  const format = openFile(file);
  const stream = findVideo(format);
  const { codecpar } = stream;
  const { width, height } = codecpar;
  if (width * height > MAX_PIXELS) throw new Fault('too-large');
  const { streams } = format;
  const kinds = streams.map(({ codecpar: { codecType } }) => codecType);
  const { packetTimes, frameTimes, exact, lastDuration, damaged } = readAll(format, stream);
  return {
    container: format.iformat?.name ?? 'unknown',
    codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
    codecString: codecpar.getCodecString(),
    pixelFormat: avGetPixFmtName(codecpar.format as Parameters<typeof avGetPixFmtName>[0]),
    width,
    height,
    pixelAspect: ratio(stream.sampleAspectRatio) ?? ratio(codecpar.sampleAspectRatio) ?? 1,
    rotation: rotationOf(stream),
    statedSeconds: format.duration > 0n ? Number(format.duration) / 1e6 : null,
    statedFps: ratio(stream.avgFrameRate) ?? ratio(stream.rFrameRate),
    videoStreams: kinds.filter((kind) => kind === AVMEDIA_TYPE_VIDEO).length,
    audioStreams: kinds.filter((kind) => kind === AVMEDIA_TYPE_AUDIO).length,
    packets: packetTimes.length,
    /** Seconds, in the order frames are shown. */
    times: exact ? frameTimes : packetTimes,
    exact,
    decoded: frameTimes.length,
    damaged,
    lastDuration,
  };
};

type Read = { packetTimes: number[]; frameTimes: number[]; exact: boolean; lastDuration: number; damaged: number };

/** Reads the whole stream; decodes it, too, as far as the time allows. */
const readAll = (format: FormatContext, stream: Stream): Read => {
  const decoder = openDecoder(stream);
  const { num, den } = stream.timeBase;
  const seconds = (ticks: bigint) => (Number(ticks) * num) / den;
  const packet = new Packet();
  packet.alloc();
  const frame = new Frame();
  frame.alloc();
  const packetTimes: number[] = [];
  const frameTimes: number[] = [];
  let lastDuration = 0;
  let damaged = 0;
  const deadline = Date.now() + DECODE_MS;
  let decoding = true;
  const keep = (decoded: Frame): boolean => {
    const ticks = decoded.bestEffortTimestamp === NO_PTS ? decoded.pts : decoded.bestEffortTimestamp;
    if (decoded.decodeErrorFlags !== 0) damaged += 1;
    const before = frameTimes.at(-1);
    const gap = decoded.duration > 0n ? seconds(decoded.duration) : 0.04;
    frameTimes.push(ticks === NO_PTS ? (before === undefined ? 0 : before + gap) : seconds(ticks));
    return false;
  };
  while (packetTimes.length < MAX_FRAMES) {
    const result = format.readFrameSync(packet);
    if (result === AVERROR_EOF || result < 0) break;
    if (packet.streamIndex === stream.index) {
      const ticks = packet.pts === NO_PTS ? packet.dts : packet.pts;
      if (!packet.hasFlags(AV_PKT_FLAG_DISCARD)) packetTimes.push(ticks === NO_PTS ? Number.NaN : seconds(ticks));
      if (packet.duration > 0n) lastDuration = seconds(packet.duration);
      if (decoding) decode(decoder, packet, frame, keep);
      if (decoding && frameTimes.length > 0 && Date.now() > deadline) decoding = false;
    }
    packet.unref();
  }
  if (decoding) decode(decoder, null, frame, keep);
  if (packetTimes.length === 0) throw new Fault('no-frames');
  if (frameTimes.length === 0) throw new Fault('undecodable');
  return {
    packetTimes: packetTimes.filter((time) => !Number.isNaN(time)).sort((a, b) => a - b),
    frameTimes: frameTimes.sort((a, b) => a - b),
    exact: decoding,
    lastDuration,
    damaged,
  };
};

type Wanted = { readonly index: number; readonly seconds: number };

const TURNS: Readonly<Record<string, string>> = {
  '90': 'transpose=clock,',
  '180': 'hflip,vflip,',
  '270': 'transpose=cclock,',
};

const writeAll = (bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // The pipe is full: its reader is slower than we are.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
};

const frames = (file: string, turn: string, width: number, height: number, wanted: readonly Wanted[]): void => {
  const format = openFile(file);
  const stream = findVideo(format);
  const decoder = openDecoder(stream);
  const { num, den } = stream.timeBase;
  const seconds = (ticks: bigint) => (Number(ticks) * num) / den;
  const half = num / den / 2 + 1e-9;
  const filter = `${TURNS[turn] ?? ''}scale=${width}:${height}:flags=bicubic:out_range=full,setsar=1,format=yuvj420p`;
  const packet = new Packet();
  packet.alloc();
  const frame = new Frame();
  frame.alloc();
  const emit = (index: number, decoded: Frame): void => {
    decoded.timeBase = stream.timeBase;
    using graph = FilterAPI.create(filter);
    const [scaled] = graph.processAllSync(decoded);
    if (!scaled) throw new Fault('undecodable');
    const jpeg = Encoder.encodeOneSync(FF_ENCODER_MJPEG, scaled, { options: { qmin: 2, qmax: JPEG_QUALITY } });
    scaled.free();
    writeAll(
      Buffer.from(`${JSON.stringify({ index, seconds: seconds(decoded.bestEffortTimestamp), bytes: jpeg.length })}\n`),
    );
    writeAll(jpeg);
  };
  /** Decodes forward to the first frame at or after the target; false when the stream ends before. */
  const forward = (target: Wanted, fromSeek: boolean): 'found' | 'overshot' | 'ended' => {
    let first = true;
    let outcome: 'found' | 'overshot' | 'ended' = 'ended';
    const check = (decoded: Frame): boolean => {
      const time = seconds(decoded.bestEffortTimestamp);
      const reached = time >= target.seconds - half;
      if (reached && fromSeek && first && time > target.seconds + half) outcome = 'overshot';
      else if (reached) {
        outcome = 'found';
        emit(target.index, decoded);
        position = time;
      }
      first = false;
      return reached;
    };
    for (;;) {
      // Frames of the last packet come first.
      while (decoder.receiveFrameSync(frame) >= 0) {
        const stop = check(frame);
        frame.unref();
        if (stop) return outcome;
      }
      const result = format.readFrameSync(packet);
      const ended = result < 0;
      if (ended) decoder.sendPacketSync(null);
      else if (packet.streamIndex === stream.index) decoder.sendPacketSync(packet);
      packet.unref();
      if (ended) {
        while (decoder.receiveFrameSync(frame) >= 0) {
          const stop = check(frame);
          frame.unref();
          if (stop) return outcome;
        }
        return 'ended';
      }
    }
  };
  const seek = (target: number): void => {
    format.seekFrameSync(stream.index, BigInt(Math.floor((target * den) / num)), AVSEEK_FLAG_BACKWARD);
    decoder.flushBuffers();
    position = Number.POSITIVE_INFINITY;
  };
  let position = Number.NEGATIVE_INFINITY;
  let drained = false;
  for (const target of [...wanted].sort((a, b) => a.seconds - b.seconds)) {
    const near = !drained && target.seconds > position && target.seconds - position < NEAR_SECONDS;
    if (!near) seek(target.seconds);
    let outcome = forward(target, !near);
    if (outcome === 'overshot') {
      // The index of the file is wrong here: read it from its beginning.
      seek(0);
      outcome = forward(target, false);
    }
    drained = outcome === 'ended';
  }
};

const parseWanted = (list: string): Wanted[] =>
  list.split(',').map((item) => {
    const [index, seconds] = item.split(':').map(Number);
    if (index === undefined || seconds === undefined || Number.isNaN(index) || Number.isNaN(seconds))
      throw new Fault('usage');
    return { index, seconds };
  });

Log.setLevel(AV_LOG_QUIET);
const [, , command, file = '', turn = '0', width = '0', height = '0', list = ''] = process.argv;
try {
  if (command === 'probe') writeAll(Buffer.from(`${JSON.stringify(probe(file))}\n`));
  else if (command === 'frames') frames(file, turn, Number(width), Number(height), parseWanted(list));
  else throw new Fault('usage');
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  writeAll(Buffer.from(`${JSON.stringify({ fault: error.message })}\n`));
}
// Threads of native code may outlive the work.
process.exit(0);
