/** Everything that `npm run verifier` runs as one file, for machines with Node and nothing of this repository. */
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './root';

/** Packages that are written for `require` look for it. */
const REQUIRE = 'import{createRequire as requireOf}from"node:module";const require=requireOf(import.meta.url);';

/** Writes the file, for Node 20 and later; returns what went into it, as paths from the root. */
export const bundleVerifier = async (file: string): Promise<readonly string[]> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['scripts/verifier.ts'],
    outfile: path.resolve(root, file),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // `server-only` lets servers in under this condition.
    conditions: ['react-server'],
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs);
};
