import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

/**
 * Two projects: `unit` is pure and parallel; `database` runs against a real PostgreSQL that its global set-up
 * starts, one cloned database per test file.
 */
export default defineConfig({
  resolve: {
    alias: { '@': root, 'server-only': path.join(root, 'node_modules/server-only/empty.js') },
  },
  test: {
    include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['**/*.db.test.ts', 'node_modules/**'],
  },
});
