import { readFile } from 'node:fs/promises';
import path from 'node:path';
import openapi, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { z } from 'zod';
import { root } from './root';

/** Where the types of the trainer's messages lie. */
export const TRAINER_TYPES = path.join(root, 'lib/trainer/api-types.ts');

const documentSchema = z.looseObject({ openapi: z.string(), components: z.looseObject({}) });

/** Titles only repeat the names they stand at. A property called `title` is an object and stays. */
const withoutTitles = (key: string, value: unknown): unknown =>
  key === 'title' && typeof value === 'string' ? undefined : value;

/**
 * The text of `lib/trainer/api-types.ts`: the messages of `trainer/openapi.json` as TypeScript. What has a default may
 * be left out of a request; answers name it as required. Paths are left out: the client spells its own.
 */
export const generateTrainerTypes = async (): Promise<string> => {
  const text = await readFile(path.join(root, 'trainer/openapi.json'), 'utf8');
  const { openapi: version, components } = documentSchema.parse(JSON.parse(text, withoutTitles));
  const document = { openapi: version, info: { title: 'VerIPO trainer', version: '' }, components };
  const types = await openapi(JSON.stringify(document), { defaultNonNullable: false, silent: true });
  return `${COMMENT_HEADER}${astToString(types)}`;
};
