/** As `stryker.config.mjs`, with all tests in one process: minutes in place of hours. */
import config from './stryker.config.mjs';

export default {
  ...config,
  testRunner: 'one-process',
  testRunnerNodeArgs: ['--import', 'tsx'],
  plugins: ['@stryker-mutator/vitest-runner', './bench/mutation/one-process.mjs'],
};
