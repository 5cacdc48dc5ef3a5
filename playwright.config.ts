import { defineConfig } from '@playwright/test';
import { SIGNED_IN } from '@/scripts/e2e-sign-in';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const { CHROMIUM_PATH, E2E_BASE_URL } = process.env;

/** `npm run e2e` starts the studio and gives address, browser and session; see scripts/test-browser.ts. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './scripts/e2e-sign-in.ts',
  // Specs share one database; the machine has two cores, and the studio needs one.
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: '.test/playwright.json' }]],
  use: {
    baseURL: E2E_BASE_URL ?? '',
    storageState: SIGNED_IN,
    trace: 'retain-on-failure',
    launchOptions: { args: FLAGS, ...(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : {}) },
  },
});
