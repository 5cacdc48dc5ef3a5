/** Reading a command's arguments: a wrong one is the person's mistake and gets a sentence. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { z } from 'zod';
import { AppError } from '@/lib/errors';

/** `parseArgs` with strict options. Throws `invalid` with the reason. */
export const readArguments = <O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    if (cause instanceof TypeError) throw new AppError('invalid', `${cause.message}. See --help.`, { cause });
    throw cause;
  }
};

/** The value of an option by its schema. Throws `invalid` that names the option. */
export const readOption = <S extends z.ZodType>(name: string, schema: S, value: unknown): z.infer<S> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', `--${name}: ${parsed.error.issues[0]?.message ?? 'is not valid'}. See --help.`);
};
