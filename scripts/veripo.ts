/** `npm run -s veripo -- COMMAND`: the studio from the command line, with the same code as the screens. */
import { commands } from './commands/table';
import { main } from './main';
import { say, warn } from './progress.mjs';

const overview = (): string =>
  [
    'Usage: npm run -s veripo -- COMMAND [OPTIONS]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`),
    '',
    'Each command explains itself with --help.',
  ].join('\n');

const WRONG_USE = 2;

main(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === '--help' || name === 'help') {
    say(overview());
    return name === undefined ? WRONG_USE : 0;
  }
  const command = commands.find((known) => known.name === name);
  if (!command) {
    warn(`There is no command ${name}.\n\n${overview()}`);
    return WRONG_USE;
  }
  const { run, usage } = await command.load();
  if (args.includes('--help')) {
    say(usage);
    return 0;
  }
  return run(args);
});
