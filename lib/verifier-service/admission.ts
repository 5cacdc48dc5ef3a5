/** How much work the service takes in at a time: requests, and the bytes that they hold in memory. */
import { AppError } from '@/lib/errors';

export type AdmissionLimits = { readonly maxInFlight: number; readonly maxBytes: number };

export type Ticket = {
  /** Counts bytes that came; throws `unavailable` when all requests together hold too many. */
  readonly hold: (bytes: number) => void;
  readonly leave: () => void;
};

export type Admission = {
  /** Throws `unavailable` when too many are inside, or when the door was shut. */
  readonly enter: () => Ticket;
  readonly inFlight: () => number;
  /** Nobody new enters. */
  readonly shut: () => void;
  readonly isShut: () => boolean;
};

/** Sizes are of unpacked bodies; the objects parsed from them take a few times as much. */
export const createAdmission = ({ maxInFlight, maxBytes }: AdmissionLimits): Admission => {
  let inside = 0;
  let held = 0;
  let shut = false;
  return {
    enter: () => {
      if (shut)
        throw new AppError('unavailable', 'The verifier is stopping: ask another one, or this one once it is back');
      if (inside >= maxInFlight) {
        throw new AppError('unavailable', `The verifier works on ${inside} requests already: send this one again`);
      }
      inside += 1;
      let mine = 0;
      return {
        hold: (bytes) => {
          mine += bytes;
          held += bytes;
          if (held > maxBytes) throw new AppError('unavailable', 'The verifier has its hands full: send this again');
        },
        leave: () => {
          inside -= 1;
          held -= mine;
          mine = 0;
        },
      };
    },
    inFlight: () => inside,
    shut: () => {
      shut = true;
    },
    isShut: () => shut,
  };
};
