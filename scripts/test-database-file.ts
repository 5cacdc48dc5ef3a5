/** Runs before each `*.db.test.ts`: gives the file a database of its own before it imports `lib/data/db.ts`. */
import { inject } from 'vitest';
import { createTestEnvironment } from '@/lib/data/testing/environment';

Object.assign(process.env, await createTestEnvironment(inject('testDatabase')));
