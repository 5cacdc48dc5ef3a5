import 'server-only';
/** What every part of an API's description is made of. */
import { z } from 'zod';

export const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io });
  return json;
};

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export const json = (schema: unknown) => ({ 'application/json': { schema } });
export const failure = (description: string) => ({
  description,
  content: json({ $ref: '#/components/schemas/Error' }),
});
export const failures = {
  '400': failure('The request is not as described; the message says where'),
  '401': failure('The token is missing, unknown or revoked'),
  '413': failure('The body is too large'),
};
export const query = (name: string, description: string, schema: object, required = false) => ({
  name,
  in: 'query',
  description,
  required,
  schema,
});

export const components = {
  schemas: { Error: schemaOf(errorSchema, 'output') },
  securitySchemes: {
    bearer: { type: 'http', scheme: 'bearer' },
    basic: { type: 'http', scheme: 'basic', description: 'Any user name, the token as the password' },
  },
};
