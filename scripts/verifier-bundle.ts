/** `npm run verifier-bundle -- [FILE]`: the verifier service as one file; where its image is built from, by default. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { bundleVerifier } from './bundle-verifier';
import { main } from './main';
import { say } from './progress.mjs';

main(async () => {
  const [file = 'docker/verifier/verifier.mjs'] = process.argv.slice(2);
  await bundleVerifier(file);
  const { size } = await stat(file);
  say(`${path.normalize(file)}: ${(size / 1024 / 1024).toFixed(1)} MB, runs with node ${path.basename(file)} --help`);
  return 0;
});
