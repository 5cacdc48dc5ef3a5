import { expect, test } from 'vitest';
import { Prisma } from '@/prisma/generated/client';
import { db } from './db';

/** Reads a row, or none, with every column that `schema.prisma` says the model has. */
const readAllColumns = async (model: string): Promise<unknown> => {
  const delegate: unknown = Reflect.get(db, model.charAt(0).toLowerCase() + model.slice(1));
  if (typeof delegate !== 'object' || delegate === null) throw new Error(`the client has no ${model}`);
  const findFirst: unknown = Reflect.get(delegate, 'findFirst');
  if (typeof findFirst !== 'function') throw new Error(`${model} cannot be read`);
  return Reflect.apply(findFirst, delegate, []);
};

test.each(Object.keys(Prisma.ModelName))('the migrations make what schema.prisma says of %s', async (model) => {
  await expect(readAllColumns(model)).resolves.toBeNull();
});
