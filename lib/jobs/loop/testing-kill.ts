/**
 * For `*.db.test.ts` only: the death of a process after so many calls, to PostgreSQL or to the trainer. What was called
 * before has happened; from then on nothing gets through, and the connections are cut, so that the server rolls back.
 */
import pg from 'pg';
import type { JobPort } from '@/lib/trainer/port';

class Killed extends Error {
  override readonly name = 'Killed';
}

export type Mortal = {
  /** Calls that got through. */
  readonly calls: () => number;
  readonly signal: AbortSignal;
  readonly port: (port: JobPort) => JobPort;
  /** Whoever works from now on is another process. */
  readonly bury: () => void;
};

/** Takes over every connection of this process until it is buried. */
export const mortalAfter = (most: number): Mortal => {
  const death = new AbortController();
  let calls = 0;
  /** Whether one more call gets through. */
  const count = (): boolean => {
    if (calls >= most) {
      death.abort(new Killed('this process was killed'));
      return false;
    }
    calls += 1;
    return true;
  };
  const { query } = pg.Client.prototype;
  const cut = (client: unknown): void => {
    const connection: unknown = Reflect.get(Object(client), 'connection');
    const stream: unknown = Reflect.get(Object(connection), 'stream');
    const destroy: unknown = Reflect.get(Object(stream), 'destroy');
    if (typeof destroy === 'function') Reflect.apply(destroy, stream, []);
  };
  const mortal = function (this: pg.Client, ...args: unknown[]): unknown {
    if (count()) return Reflect.apply(query, this, args);
    cut(this);
    const error = new Killed('this process was killed');
    const callback = args.at(-1);
    if (typeof callback === 'function') return process.nextTick(callback, error);
    const [first] = args;
    if (typeof first === 'object' && first !== null && 'submit' in first) throw error;
    return Promise.reject(error);
  };
  Reflect.set(pg.Client.prototype, 'query', mortal);
  const counted =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (!count()) throw new Killed('this process was killed');
      return call(...args);
    };
  return {
    calls: () => calls,
    signal: death.signal,
    port: (port) => ({
      putFile: counted(port.putFile),
      createJob: counted(port.createJob),
      getJob: counted(port.getJob),
      cancelJob: counted(port.cancelJob),
      resumeJob: counted(port.resumeJob),
      readEvents: async function* (jobId, options) {
        for await (const event of port.readEvents(jobId, options)) {
          if (!count()) throw new Killed('this process was killed');
          yield event;
        }
      },
    }),
    bury: () => Reflect.set(pg.Client.prototype, 'query', query),
  };
};
