import { defineConfig } from 'prisma/config';

/** Only `DATABASE_URL` names the database; generating the client needs none. */
const url = process.env.DATABASE_URL;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
});
