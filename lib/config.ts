/** Everything the environment decides. `npm start` sets these; managed set-ups give them by hand. */
import path from 'node:path';
import { z } from 'zod';
import { AppError } from './errors';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const SECRET_LENGTH = 32;

const absolutePath = z.string().refine((value) => path.isAbsolute(value), 'must be an absolute path');

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** The PostgreSQL that holds everything. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }),
  /** The folder of uploads, logs and, by default, the database. */
  VERIPO_DATA_DIR: absolutePath,
  /** Signs sessions. Changing it signs everybody out. */
  VERIPO_SECRET: z.string().min(SECRET_LENGTH, `must have at least ${SECRET_LENGTH} characters`),
  /** Where people open the studio. The only origin whose requests may change anything. */
  VERIPO_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
    .transform((value) => new URL(value).origin),
  /** Folders whose files may be imported by path, separated like PATH; none by default. */
  VERIPO_IMPORT_ROOTS: z
    .string()
    .default('')
    .transform((value) => value.split(path.delimiter).filter((part) => part !== ''))
    .pipe(z.array(absolutePath)),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

export type Config = Readonly<z.infer<typeof schema>>;

/**
 * Reads the settings out of an environment; an empty variable counts as absent.
 *
 * @throws AppError `invalid` that names every fault at once.
 */
export const parseConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(present));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `  ${name}: ${environment[name] ? issue.message : 'is not set'}`;
  });
  throw new AppError(
    'invalid',
    `The environment is not complete:\n${faults.join('\n')}\n\`npm start\` sets all of these.`,
    {
      cause: parsed.error,
    },
  );
};

let current: Config | undefined;

/** The settings of this process, read once on first use. */
export const config = (): Config => {
  current ??= parseConfig(process.env);
  return current;
};
