import type { NextConfig } from 'next';

/** On every answer, also of the routes and files that proxy.ts does not see. */
const headers = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // Native, dynamic or large packages that are required as they are, not bundled.
  serverExternalPackages: [
    '@cortex-js/compute-engine',
    '@huggingface/tokenizers',
    'node-av',
    'pg',
    'pg-boss',
    'pg-copy-streams',
    'pino',
    'better-auth',
  ],
  // `npm run check` does both for the whole tree, once.
  typescript: { ignoreBuildErrors: true },
  // Nothing uses the optimizer; without it nobody can have it fetch and decode pictures.
  images: { unoptimized: true },
  // In development Next would print what actions are given: tokens and keys among it.
  logging: { serverFunctions: false },
  headers: async () => [{ source: '/:path*', headers }],
};

export default config;
