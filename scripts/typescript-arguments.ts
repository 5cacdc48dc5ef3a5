/** Arguments of Node for a TypeScript file of this repository, resolved as the server resolves it. */
export const typescriptArguments = (script: string, ...args: readonly string[]): readonly string[] => [
  '--conditions=react-server',
  '--import',
  'tsx',
  script,
  ...args,
];
