import 'server-only';
/** The description of the verifier's part of `/api/v1`, which the studio and the verifier service both have. */
import { rewardAnswerSchema } from '@/lib/domain/verifier/reward-api';
import { openRlhfRequestSchema, rewardRequestSchema } from '@/lib/domain/verifier/reward-request';
import { verifyAnswerSchema } from '@/lib/domain/verifier/verify-api';
import { STUDIO_VERSION } from '@/lib/version';
import { components, failure, failures, json, query, schemaOf } from './openapi-parts';

const parameters = [
  query('version', 'Number of a verifier version; the newest by default', { type: 'integer', minimum: 1 }),
];
const requestBody = () => ({
  required: true,
  content: json({ oneOf: [schemaOf(rewardRequestSchema, 'input'), schemaOf(openRlhfRequestSchema, 'input')] }),
});

/** `rewards` and `verify`, from the schemas that they parse with. */
export const verifierPaths = () => ({
  '/api/v1/rewards': {
    post: {
      summary: 'Score responses',
      description: 'In our shape, or as OpenRLHF calls a remote reward model (--reward.remote_url). Gzip allowed.',
      parameters,
      requestBody: requestBody(),
      responses: {
        '200': {
          description: 'Rewards in the order of the items',
          content: json(schemaOf(rewardAnswerSchema, 'output')),
        },
        ...failures,
      },
    },
  },
  '/api/v1/verify': {
    post: {
      summary: 'Judge responses',
      description: 'Takes what rewards takes, and answers with whole verdicts: reasons, and the spans they point at.',
      parameters,
      requestBody: requestBody(),
      responses: {
        '200': {
          description: 'Verdicts in the order of the items',
          content: json(schemaOf(verifyAnswerSchema, 'output')),
        },
        ...failures,
      },
    },
  },
});

/** An OpenAPI 3.1 document for the verifier service. */
export const verifierServiceDocument = () => ({
  openapi: '3.1.0',
  info: { title: 'VerIPO verifier', version: STUDIO_VERSION, description: 'Rewards and verdicts, without a database.' },
  security: [{ bearer: [] }, { basic: [] }, {}],
  paths: {
    '/health': { get: { summary: 'Whether it takes requests', responses: { '200': { description: 'It does' } } } },
    ...Object.fromEntries(
      Object.entries(verifierPaths()).map(([path, { post }]) => [
        path,
        {
          post: {
            ...post,
            responses: { ...post.responses, '503': failure('Too much at once, or stopping: see Retry-After') },
          },
        },
      ]),
    ),
  },
  components,
});
