import 'server-only';
import pino from 'pino';

/** Never in a log: passwords, tokens, cookies. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'token',
  'password',
  'secret',
  '*.token',
  '*.password',
];

/**
 * The log of the server: one JSON line for each event, on standard output. Log an error once, where it ends, as
 * `log.error({ err }, 'what failed')`.
 */
export const log = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: { pid: process.pid },
  redact: REDACTED,
  timestamp: pino.stdTimeFunctions.isoTime,
});
