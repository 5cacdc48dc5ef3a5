import path from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const DATABASE_TESTS = '{lib,scripts,app}/**/*.db.test.ts';

/**
 * Two projects: `unit` is pure and parallel; `database` runs against a real PostgreSQL that its global set-up
 * starts, one cloned database per test file.
 */
export default defineConfig({
  resolve: {
    alias: { '@': root, 'server-only': path.join(root, 'node_modules/server-only/empty.js') },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,components,scripts,app}/**/*.test.{ts,tsx}', '*.test.ts'],
          exclude: [...configDefaults.exclude, DATABASE_TESTS],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: [DATABASE_TESTS],
          globalSetup: './scripts/test-database.ts',
          setupFiles: './scripts/test-database-file.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
