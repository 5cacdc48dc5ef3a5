/** `npm run verifier`: the reward and verify API with no database and no studio, for a node where rollouts are made. */
import { readFile } from 'node:fs/promises';
import { serviceLacks } from '@/lib/domain/verifier/service-lacks';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { readSettingsFile, type SettingsFile } from '@/lib/domain/verifier/settings-file';
import { AppError } from '@/lib/errors';
import { type Door, openDoor } from '@/lib/http/node-door';
import { createVerifierService, type VerifierService } from '@/lib/verifier-service/service';
import { isLoopback } from '@/lib/verifier-service/who-may';
import { main } from './main';
import { say, warn } from './progress.mjs';
import { listenForStop } from './stop-signal';
import { parseVerifierOptions, VERIFIER_USAGE, type VerifierOptions } from './verifier-options';

const GRACE_MS = 5_000;
/** Unpacked bodies of all requests together. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;
const SHORTEST_TOKEN = 16;
const SENDER_IDLE_MS = 15_000;

const readText = async (name: string, file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('not_found', `--${name} ${file} cannot be read: ${String(cause)}`, { cause });
  }
};

const readSettings = async (file: string | undefined): Promise<SettingsFile> => {
  if (file === undefined) return { version: null, settings: defaultVerifierSettings };
  const text = await readText('settings', file);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid', `--settings ${file} is not JSON.`, { cause });
  }
  const read = readSettingsFile(raw);
  if (!read.ok) throw new AppError('invalid', `--settings ${file} will not do. ${read.reason}`);
  return read.file;
};

const readToken = async (file: string | undefined): Promise<string | null> => {
  if (file === undefined) return null;
  const token = (await readText('token-file', file)).split('\n', 1)[0]?.trim() ?? '';
  // What a header and the password of a URL can both carry.
  if (new RegExp(`^[A-Za-z0-9_.~-]{${SHORTEST_TOKEN},1000}$`).test(token)) return token;
  throw new AppError(
    'invalid',
    `The first line of ${file} must be a token of at least ${SHORTEST_TOKEN} letters, digits, or _ . ~ -.`,
  );
};

const listen = async (service: VerifierService, options: VerifierOptions): Promise<Door> => {
  try {
    return await openDoor(service.handle, options);
  } catch (cause) {
    const { host, port } = options;
    throw new AppError('conflict', `The verifier cannot listen on ${host}:${port}: ${String(cause)}`, { cause });
  }
};

main(async () => {
  const options = parseVerifierOptions(process.argv.slice(2));
  if (!options) {
    say(VERIFIER_USAGE);
    return 0;
  }
  const { asked, hurried } = listenForStop();
  const [file, token] = await Promise.all([readSettings(options.settings), readToken(options.tokenFile)]);
  for (const sentence of serviceLacks(file.settings)) warn(sentence);
  const service = createVerifierService({
    file,
    token,
    loopbackOnly: isLoopback(options.host),
    maxInFlight: options.maxInFlight,
    maxBytes: MAX_HELD_BYTES,
    idleMs: SENDER_IDLE_MS,
  });
  const door = await listen(service, options);
  say(`The verifier listens on ${door.url}`);
  await new Promise<void>((resolve) => {
    if (asked.aborted) resolve();
    asked.addEventListener('abort', () => resolve(), { once: true });
  });
  service.shut();
  hurried.addEventListener('abort', () => process.exit(1), { once: true });
  await door.close(GRACE_MS);
  return 0;
});
