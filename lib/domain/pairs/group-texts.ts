/**
 * What is kept of a group's texts, so that the pairs that other thresholds would yield are counted without reading the
 * texts: who has a text of their own, in the order of the draws; which thinkings are the same; who gives an answer.
 */
import { groundOf } from './build';
import type { PairCandidate, PairGroup } from './candidate';

/** One candidate with a text of its own. */
export type KeptText = {
  /** Its number in the group, from 1. */
  readonly sample: number;
  /** Equal numbers are equal thinkings but for the space around; 0 is none. */
  readonly thinking: number;
  readonly hasAnswer: boolean;
};

export type GroupTexts = {
  /** The number of the group's own stream of draws, 32 bits. */
  readonly stream: number;
  /** In the order that draws go by. */
  readonly distinct: readonly KeptText[];
};

/** What is kept of the texts of these candidates. Reads every text once. */
export const groupTextsOf = (group: PairGroup): GroupTexts => {
  const { distinct, stream } = groundOf(group);
  const numbers = new Map<string, number>([['', 0]]);
  const numberOf = ({ thinking }: PairCandidate): number => {
    const text = thinking?.trim() ?? '';
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  return {
    stream,
    distinct: distinct.map((candidate) => ({
      sample: candidate.sample,
      thinking: numberOf(candidate),
      hasAnswer: candidate.answer !== null && candidate.answer.trim() !== '',
    })),
  };
};

const BYTES_EACH = 8;

/** Eight bytes a candidate: sample, then the thinking's number doubled and one more for an answer. Little-endian. */
export const encodeTexts = (distinct: readonly KeptText[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(distinct.length * BYTES_EACH));
  distinct.forEach(({ sample, thinking, hasAnswer }, at) => {
    view.setUint32(at * BYTES_EACH, sample, true);
    view.setUint32(at * BYTES_EACH + 4, thinking * 2 + Number(hasAnswer), true);
  });
  return new Uint8Array(view.buffer);
};

/** The way back. */
export const decodeTexts = (bytes: Uint8Array): KeptText[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.byteLength / BYTES_EACH) }, (_, at) => {
    const rest = view.getUint32(at * BYTES_EACH + 4, true);
    return { sample: view.getUint32(at * BYTES_EACH, true), thinking: rest >>> 1, hasAnswer: (rest & 1) === 1 };
  });
};
