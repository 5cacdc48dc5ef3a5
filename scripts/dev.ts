/** `npm run dev`: Next in development mode and the worker, on the developers' database. Options go to `next dev`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { main } from './main';
import { defaultDataDir, prepareStudio } from './prepare';
import { root } from './root';
import { quietEnvironment } from './run-tool';
import { listenForStop } from './stop-signal';
import { typescriptArguments } from './typescript-arguments';

main(async () => {
  const args = process.argv.slice(2);
  const portAt = args.findIndex((arg) => arg === '--port' || arg === '-p') + 1;
  const port = portAt > 0 ? args[portAt] : '3000';
  const baseUrl = `http://localhost:${port}`;
  const { environment } = await prepareStudio({ dataDir: defaultDataDir(), keep: true, baseUrl });
  const { asked } = listenForStop();
  const start = (nodeArgs: readonly string[]) =>
    spawn(process.execPath, nodeArgs, {
      cwd: root,
      env: { ...process.env, ...quietEnvironment, ...environment, NODE_ENV: 'development' },
      stdio: 'inherit',
    });
  const children = [
    start(['node_modules/next/dist/bin/next', 'dev', '--hostname', '127.0.0.1', ...args]),
    start(typescriptArguments('scripts/worker.ts')),
  ];
  const ended = children.map((child) => once(child, 'exit'));
  await Promise.race([once(asked, 'abort'), ended[0]]);
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(ended);
  return 0;
});
