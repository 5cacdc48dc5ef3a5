import 'server-only';
/** The description of `/api/v1`, generated from the schemas that its routes parse with. */
import { z } from 'zod';
import { stages } from '@/lib/domain/rollout';
import { settingsFileSchema } from '@/lib/domain/verifier/settings-file';
import { streamFormats } from '@/lib/jobs/import-stream';
import { components, failure, failures, json, query, schemaOf } from './openapi-parts';
import { verifierPaths } from './openapi-verifier';

const text = { type: 'string' };

const summarySchema = z.object({
  import: z.uuid(),
  new: z.int().describe('Rollouts stored now'),
  known: z.int().describe('Rollouts that were stored before'),
  questions: z.int().describe('Questions stored now'),
  refused: z.int().describe('Lines refused; the first 1,000 are listed before this one'),
});
const refusedSchema = z.object({ line: z.int(), refused: z.string() });

/** An OpenAPI 3.1 document for the studio at `baseUrl`. */
export const openApiDocument = (baseUrl: string) => ({
  openapi: '3.1.0',
  info: { title: 'VerIPO Studio', version: '1', description: 'Rollouts in, rewards and approved pairs out.' },
  servers: [{ url: baseUrl }],
  security: [{ bearer: [] }, { basic: [] }],
  paths: {
    '/api/v1/rollouts': {
      post: {
        summary: 'Send rollouts',
        description:
          'NDJSON, gzip allowed, answered in NDJSON. Idempotent by content: sending again adds nothing twice.',
        parameters: [
          query('run', 'Name of the run, made when there is none', text, true),
          query('set', 'Name of the question set; the run by default', text),
          query('iteration', 'Turn of the loop, from 0', { type: 'integer', minimum: 0 }),
          query('stage', 'Where in the loop; grpo by default', { type: 'string', enum: [...stages] }),
          query('source', 'Which samples these are: equal labels are one source', text),
          query('format', 'What the lines are', { type: 'string', enum: [...streamFormats], default: 'studio-ndjson' }),
        ],
        requestBody: { required: true, content: { 'application/x-ndjson': { schema: text } } },
        responses: {
          '200': {
            description: 'One line per refused line, then the summary',
            content: {
              'application/x-ndjson': {
                schema: { oneOf: [schemaOf(refusedSchema, 'output'), schemaOf(summarySchema, 'output')] },
              },
            },
          },
          ...failures,
          '429': failure('Many senders are at it already: send the same again in a moment'),
        },
      },
    },
    ...verifierPaths(),
    '/api/v1/verifier-versions/{number}': {
      get: {
        summary: 'A verifier version as a settings file for `npm run verifier`',
        parameters: [{ name: 'number', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }],
        responses: {
          '200': { description: 'The file', content: json(schemaOf(settingsFileSchema, 'output')) },
          ...failures,
        },
      },
    },
    '/api/v1/pair-sets/{number}/export': {
      get: {
        summary: 'Pull a frozen pair set',
        parameters: [
          { name: 'number', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
          query(
            'format',
            'For which trainer',
            { type: 'string', enum: ['trl', 'ms-swift', 'openrlhf', 'llama-factory'] },
            true,
          ),
        ],
        responses: {
          '200': { description: 'One pair per line', content: { 'application/x-ndjson': { schema: text } } },
          ...failures,
        },
      },
    },
    '/api/v1/events': {
      get: {
        summary: 'Hear what changes',
        description:
          'Server-sent events: data is {"topic", "id"}; topics are task, import, verdict, pair, media, reconnected.',
        responses: {
          '200': { description: 'An endless stream', content: { 'text/event-stream': { schema: text } } },
          ...failures,
        },
      },
    },
    '/api/media/{mediaId}': {
      get: {
        summary: 'The file of a playable video, whole or by Range',
        parameters: [{ name: 'mediaId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses: {
          '200': { description: 'The file', content: { 'video/*': {} } },
          '206': { description: 'The range', content: { 'video/*': {} } },
          ...failures,
        },
      },
    },
  },
  components,
});
