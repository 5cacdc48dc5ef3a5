import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root';
import { typescriptArguments } from './typescript-arguments';

export type ToolResult = { readonly code: number | null; readonly output: string };

/** Environment of the tools we call: none of them may phone home or colour what we parse. */
export const quietEnvironment = {
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  NO_COLOR: '1',
};

type ToolOptions = { readonly env?: Readonly<Record<string, string>>; readonly signal?: AbortSignal };

const END_WITH_PARENT = pathToFileURL(path.join(root, 'scripts/end-with-parent.mjs')).href;

const runNode = (args: readonly string[], options: ToolOptions): Promise<ToolResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
      cwd: root,
      env: { ...process.env, ...quietEnvironment, ...options.env, VERIPO_TOOL_PARENT: String(process.pid) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...(options.signal ? { signal: options.signal } : {}),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });

/** Runs a script of an installed package on this Node and collects what it prints. Paths are relative to the clone. */
export const runTool = (script: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> =>
  runNode([path.join(root, script), ...args], options);

/** Runs a TypeScript of this repository and collects what it prints. */
export const runTypescript = (
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ToolResult> => runNode(typescriptArguments(script, ...args), { env });
