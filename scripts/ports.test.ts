import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { describeListener, findFreePort, isPortFree, parseListening, requirePort } from './ports';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 777 1 0 100 0 0 10 0
   1: 0100007F:0BB9 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 778 1 0 20 4 30 10 -1
`;

test('only listening sockets count, not connections', () => {
  expect(parseListening(table)).toEqual([{ port: 3000, inode: '777' }]);
});

test('a taken port is refused in one sentence that names its holder and the option', async () => {
  const port = await findFreePort();
  expect(await isPortFree(port, '127.0.0.1')).toBe(true);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  try {
    expect(describeListener(port)).toMatch(/another program|\(process \d+\)/);
    await expect(requirePort(port, '127.0.0.1')).rejects.toThrow(`npm start -- --port ${port + 1}`);
  } finally {
    server.close();
  }
});
