/** The verifier without a studio: the same reward and verify API, with one set of settings and no database. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CountTokens } from '@/lib/domain/verifier/measure';
import { serviceLacks } from '@/lib/domain/verifier/service-lacks';
import type { SettingsFile } from '@/lib/domain/verifier/settings-file';
import { RULES_VERSION } from '@/lib/domain/verifier/version';
import { AppError } from '@/lib/errors';
import { handleRoute, parseInput, searchInput } from '@/lib/http/handle-route';
import type { Handler } from '@/lib/http/node-door';
import { verifierServiceDocument } from '@/lib/http/openapi-verifier';
import { readJson } from '@/lib/http/read-json';
import { batchItems, MAX_BATCH_BYTES, scoreRewards, scoreVerdicts } from '@/lib/http/score-batch';
import { log } from '@/lib/log';
import { STUDIO_VERSION } from '@/lib/version';
import { type AdmissionLimits, createAdmission } from './admission';
import { requireMachine, requireToken } from './who-may';

export type ServiceOptions = AdmissionLimits & {
  readonly file: SettingsFile;
  readonly countTokens?: CountTokens | undefined;
  /** Null: anybody on this machine may ask. */
  readonly token: string | null;
  readonly loopbackOnly: boolean;
  /** How long a sender may be silent in the middle of a body. */
  readonly idleMs?: number;
};

export type VerifierService = {
  readonly handle: Handler;
  /** Takes in no more batches; those inside go on. */
  readonly shut: () => void;
};

/** What the log says of a request, filled in as it is known. */
type Tally = { items: number; bytes: number };
type Route = (request: Request, tally: Tally) => Promise<Response>;

const querySchema = z.object({ version: z.coerce.number().int().positive().optional() });

/** Settings by content, so that two nodes can be seen to score alike. */
const fingerprint = (file: SettingsFile): string => {
  const sorted = Object.entries(file.settings).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([RULES_VERSION, sorted]))
    .digest('hex');
};

const ask = (route: Route): ((request: Request, tally: Tally) => Promise<Response>) => handleRoute(route);

/** Makes a service; give `handle` to a door. It holds no request's texts once it has answered. */
export const createVerifierService = (options: ServiceOptions): VerifierService => {
  const { file, countTokens, token, loopbackOnly, idleMs } = options;
  const admission = createAdmission(options);
  const sha256 = fingerprint(file);
  const startedAt = performance.now();

  const health: Route = async () => {
    const body = {
      ok: !admission.isShut(),
      version: STUDIO_VERSION,
      rules: RULES_VERSION,
      verifier_version: file.version,
      settings_sha256: sha256,
      uptime_seconds: Math.round((performance.now() - startedAt) / 1000),
      in_flight: admission.inFlight(),
      lacks: serviceLacks(file.settings, countTokens !== undefined),
    };
    return Response.json(body, { status: body.ok ? 200 : 503 });
  };

  const requireVersion = (request: Request): void => {
    const { version } = parseInput(querySchema, searchInput(request));
    if (version === undefined || version === file.version) return;
    const have = file.version === null ? 'settings without a number' : `verifier version ${file.version}`;
    throw new AppError('not_found', `This service has ${have}, not version ${version}: start it with those settings`);
  };

  /** Reads a batch, scores it with `answer`, and gives its place free whatever happened. */
  const batch =
    (answer: typeof scoreRewards | typeof scoreVerdicts): Route =>
    async (request, tally) => {
      requireToken(request.headers, token);
      requireVersion(request);
      const ticket = admission.enter();
      try {
        const onBytes = (bytes: number): void => {
          tally.bytes += bytes;
          ticket.hold(bytes);
        };
        const items = batchItems(await readJson(request, MAX_BATCH_BYTES, { idleMs, onBytes }));
        tally.items = items.length;
        const scored = await answer(items, { settings: file.settings, countTokens }, request.signal);
        return Response.json({ version: file.version, settings_sha256: sha256, ...scored });
      } finally {
        ticket.leave();
      }
    };

  const routes: Readonly<Record<string, Route>> = {
    'GET /health': health,
    'GET /api/v1/openapi': async () => Response.json(verifierServiceDocument()),
    'POST /api/v1/rewards': batch(scoreRewards),
    'POST /api/v1/verify': batch(scoreVerdicts),
  };

  const handle: Handler = async (request) => {
    const name = `${request.method} ${new URL(request.url).pathname}`;
    const found = Object.hasOwn(routes, name) ? routes[name] : undefined;
    const tally: Tally = { items: 0, bytes: 0 };
    const began = performance.now();
    const response = await ask(async () => {
      requireMachine(request.headers, loopbackOnly);
      if (!found) throw new AppError('not_found', `There is only ${Object.keys(routes).join(', ')}`);
      return found(request, tally);
    })(request, tally);
    const line = { route: found ? name : 'other', status: response.status, ...tally };
    const ms = Math.round((performance.now() - began) * 10) / 10;
    log[name === 'GET /health' ? 'debug' : 'info']({ ...line, ms }, 'request');
    return response;
  };
  return { handle, shut: admission.shut };
};
