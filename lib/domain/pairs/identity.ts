/** Short, stable names for texts, so that proposing the same pairs again finds the ones already there. */
import type { PairType } from '@/lib/domain/pair';
import { mix32 } from './random';

const laneSeeds = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;
const laneFactors = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;

const hex8 = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

/**
 * 128 bits over the UTF-16 units of `text`, as 32 hex digits. Pure JavaScript, so that it also runs in a browser;
 * good against chance, not against someone who looks for collisions: files and manifests use sha256.
 */
export const textHash = (text: string): string => {
  let [a, b, c, d] = laneSeeds as readonly [number, number, number, number];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, laneFactors[0]);
    b = Math.imul(b + unit + (a >>> 15), laneFactors[1]);
    c = Math.imul(c ^ unit ^ (b >>> 13), laneFactors[2]);
    d = Math.imul(d + unit + (c >>> 16), laneFactors[3]);
  }
  return [a ^ d, b ^ a, c ^ b, d ^ c].map((lane) => hex8(mix32(lane ^ text.length))).join('');
};

/** The identity of a response: space around it does not make it another text. */
export const textIdentity = (text: string): string => textHash(text.trim());

/**
 * Names a pair by question, type and its two texts. The rollouts do not count: the same two texts from other
 * samples are the same pair. The question does: "A" over "B" is a pair of its own in each question.
 */
export const pairFingerprint = (questionId: string, type: PairType, chosen: string, rejected: string): string =>
  `${type}-${textHash([questionId, type, textIdentity(chosen), textIdentity(rejected)].join('\n'))}`;
