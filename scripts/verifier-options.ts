/** The command line of `npm run verifier`. */
import { parseArgs } from 'node:util';
import { AppError } from '@/lib/errors';
import { isLoopback } from '@/lib/verifier-service/who-may';

export type VerifierOptions = {
  readonly host: string;
  readonly port: number;
  readonly maxInFlight: number;
  readonly settings: string | undefined;
  readonly tokenizer: string | undefined;
  readonly tokenFile: string | undefined;
};

export const VERIFIER_USAGE = `npm run verifier -- [options]
  --port NUMBER          where the verifier listens (8077; 0 is any that is free)
  --host ADDRESS         the address it listens on (127.0.0.1: this machine only); any other needs --token-file
  --settings FILE        verifier settings as JSON: a version's, from GET /api/v1/verifier-versions/N of a studio
  --tokenizer FILE       the tokenizer.json that counts tokens where a request does not say how many there are
  --token-file FILE      the first line is the token that requests must carry
  --max-in-flight NUMBER requests it works on at a time before it answers 503 (64)
Rules only, no database. One process uses one core: start one per core, each on a port of its own.`;

const DEFAULT_PORT = 8_077;
const DEFAULT_IN_FLIGHT = 64;
const LARGEST_PORT = 65_535;
const MOST_IN_FLIGHT = 1_000;

const readArguments = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        settings: { type: 'string' },
        tokenizer: { type: 'string' },
        'token-file': { type: 'string' },
        'max-in-flight': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('. ')[0] : String(cause);
    throw new AppError('invalid', `${reason}.\n${VERIFIER_USAGE}`, { cause });
  }
};

const readNumber = (name: string, text: string | undefined, otherwise: number, from: number, to: number): number => {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= from && value <= to) return value;
  throw new AppError('invalid', `--${name} ${text} will not do: choose a number from ${from} to ${to}.`);
};

/** The options; undefined when help is asked for. Throws `invalid` in words, also for a host that needs a token. */
export const parseVerifierOptions = (args: readonly string[]): VerifierOptions | undefined => {
  const given = readArguments(args);
  if (given.help) return undefined;
  const host = given.host ?? '127.0.0.1';
  if (!isLoopback(host) && given['token-file'] === undefined) {
    throw new AppError(
      'invalid',
      `Other machines reach ${host}, so requests must carry a token: give --token-file FILE, or leave --host out.`,
    );
  }
  return {
    host,
    port: readNumber('port', given.port, DEFAULT_PORT, 0, LARGEST_PORT),
    maxInFlight: readNumber('max-in-flight', given['max-in-flight'], DEFAULT_IN_FLIGHT, 1, MOST_IN_FLIGHT),
    settings: given.settings,
    tokenizer: given.tokenizer,
    tokenFile: given['token-file'],
  };
};
