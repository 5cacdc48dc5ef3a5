/**
 * `npm start`: everything a fresh machine needs, then the studio. Plain old JavaScript up to the import, so that an
 * old Node reaches the sentence instead of a syntax error.
 */
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write(
    `VerIPO Studio needs Node 20 or newer to start; this is ${process.version}: https://nodejs.org\n`,
  );
  process.exit(1);
}
import('./bootstrap.mjs').then(({ bootstrap }) => bootstrap('scripts/studio.ts'));
