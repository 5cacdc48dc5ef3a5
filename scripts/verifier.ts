/** `npm run verifier`: the reward and verify API with no database and no studio, for a node where rollouts are made. */
import { serviceLacks } from '@/lib/domain/verifier/service-lacks';
import { AppError } from '@/lib/errors';
import { type Door, openDoor } from '@/lib/http/node-door';
import { createVerifierService, type VerifierService } from '@/lib/verifier-service/service';
import { isLoopback } from '@/lib/verifier-service/who-may';
import { main } from './main';
import { say, warn } from './progress.mjs';
import { listenForStop } from './stop-signal';
import { loadSettings, loadToken, withTokenizer } from './verifier-files';
import { parseVerifierOptions, VERIFIER_USAGE, type VerifierOptions } from './verifier-options';

const GRACE_MS = 5_000;
/** Unpacked bodies of all requests together. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;
const SENDER_IDLE_MS = 15_000;

const start = async (options: VerifierOptions): Promise<VerifierService> => {
  const [settings, token] = await Promise.all([loadSettings(options.settings), loadToken(options.tokenFile)]);
  const { file, countTokens } = await withTokenizer(settings, options.tokenizer);
  for (const sentence of serviceLacks(file.settings, countTokens !== undefined)) warn(sentence);
  return createVerifierService({
    file,
    countTokens,
    token,
    loopbackOnly: isLoopback(options.host),
    maxInFlight: options.maxInFlight,
    maxBytes: MAX_HELD_BYTES,
    idleMs: SENDER_IDLE_MS,
  });
};

const listen = async (service: VerifierService, { host, port }: VerifierOptions): Promise<Door> => {
  try {
    return await openDoor(service.handle, { host, port });
  } catch (cause) {
    throw new AppError('conflict', `The verifier cannot listen on ${host}:${port}: ${String(cause)}`, { cause });
  }
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

main(async () => {
  const options = parseVerifierOptions(process.argv.slice(2));
  if (!options) {
    say(VERIFIER_USAGE);
    return 0;
  }
  const { asked, hurried } = listenForStop();
  const service = await start(options);
  const door = await listen(service, options);
  say(`The verifier listens on ${door.url}`);
  await untilAborted(asked);
  service.shut();
  await Promise.race([door.close(GRACE_MS), untilAborted(hurried)]);
  return 0;
});
