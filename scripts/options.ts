import path from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '@/lib/errors';

export type Options = {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** False: this machine does not train, whatever the environment says. */
  readonly trainer: boolean;
};

const DEFAULT_PORT = 3000;
const LARGEST_PORT = 65_535;

export const USAGE = `npm start -- [options]
  --port NUMBER   where the studio listens (${DEFAULT_PORT})
  --host ADDRESS  the address it listens on (127.0.0.1: this machine only)
  --data FOLDER   where it keeps its data (.data in the clone)
  --no-trainer    without the trainer of this machine (as VERIPO_TRAINER=off): no Python is looked for or installed
DATABASE_URL=postgresql://… uses your own PostgreSQL instead of the built-in one.`;

const readArguments = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        'no-trainer': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('. ')[0] : String(cause);
    throw new AppError('invalid', `${reason}.\n${USAGE}`, { cause });
  }
};

const readPort = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= LARGEST_PORT) return port;
  throw new AppError('invalid', `--port ${text} is no port: choose a number from 1 to ${LARGEST_PORT}.`);
};

/**
 * The command line of `npm start`; undefined when it asks for help. A relative data folder starts from `cwd`, where
 * the person is.
 */
export const parseOptions = (args: readonly string[], cwd: string, root: string): Options | undefined => {
  const { port, host, data, help, 'no-trainer': noTrainer } = readArguments(args);
  if (help) return undefined;
  return {
    port: port === undefined ? DEFAULT_PORT : readPort(port),
    host: host ?? '127.0.0.1',
    dataDir: data === undefined ? path.join(root, '.data') : path.resolve(cwd, data),
    trainer: !noTrainer,
  };
};
