import { expect, test } from 'vitest';
import { pipProgress } from './pip-progress';

test.each([
  ['Collecting torch==2.13.0', 'looking for torch'],
  ['Collecting typing-extensions>=4.8.0 (from torch==2.13.0)', 'looking for typing-extensions'],
  ['  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl (190.4 MB)', 'downloading torch (190.4 MB)'],
  ['Downloading https://x.example/whl/cpu/torch-2.13.0%2Bcpu-cp311.whl (190.4 MB)', 'downloading torch (190.4 MB)'],
  ['  Downloading numpy-2.4.6-cp311.whl.metadata', 'downloading numpy'],
  ['Processing /opt/wheels/torch-2.13.0+cpu-cp311-cp311-linux_x86_64.whl', 'taking torch, which is here already'],
  ['  Using cached av-18.1.0-cp311-abi3.whl (41 MB)', 'taking av, which is here already'],
  ['Obtaining file:///home/me/studio/trainer', 'preparing the trainer itself'],
  ['Installing collected packages: mpmath, sympy, torch', 'unpacking 3 packages'],
  ['     ━━━━━━━━━━━━━━━━━━━━━ 526.6/526.6 MB 72.4 MB/s eta 0:00:00', undefined],
  ['WARNING: something', undefined],
  ['', undefined],
  ['Downloading', undefined],
])('%s', (line, expected) => {
  expect(pipProgress(line)).toBe(expected);
});

test('a line of a megabyte takes no time', () => {
  const started = Date.now();
  expect(pipProgress(`Downloading ${'a-'.repeat(500_000)}`)).toBeUndefined();
  expect(Date.now() - started).toBeLessThan(500);
});
