/**
 * Preloaded into the tools we run: when the program that started the tool is killed, the tool ends too. A build that
 * outlived its supervisor would write into the folder that the next start builds in.
 */
if (process.channel && String(process.ppid) === process.env.VERIPO_TOOL_PARENT) {
  process.once('disconnect', () => process.exit(1));
  process.channel.unref();
}
