import path from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * The pure tests of the two rooms; those that measure time over megabytes would make every mutant take seconds.
 * MUTATION_TESTS names fewer of them: faster, and a lower bound of the score.
 */
export default defineConfig({
  root,
  resolve: { alias: { '@': root, 'server-only': path.join(root, 'node_modules/server-only/empty.js') } },
  test: {
    setupFiles: ['bench/mutation/seed.ts'],
    include: [process.env.MUTATION_TESTS ?? 'lib/domain/{verifier,pairs}/**/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/hostile.test.ts', '**/{time,*.time}.test.ts'],
  },
});
