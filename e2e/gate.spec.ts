import { expect, test } from './fixtures/test';

// Next runs an action that is posted to any address, also to one where nothing is.
const addresses = ['/runs', '/api/runs', '/nothing', '/favicon.icoX', '/_next/staticX', '/api/v1/rolloutsX'];
const methods = ['GET', 'POST'] as const;

for (const address of addresses) {
  for (const method of methods) {
    test(`${method} ${address} answers to no other name and no other site`, async ({ page }) => {
      const rebound = await page.request.fetch(address, { method, headers: { host: 'evil.example' } });
      expect(rebound.status()).toBe(403);
      const foreign = await page.request.fetch(address, { method, headers: { origin: 'http://evil.example' } });
      expect(foreign.status()).toBe(403);
    });
  }
}

test('every answer says how it may be used', async ({ page }) => {
  for (const address of ['/runs', '/api/runs', '/api/v1/rewards', '/icon.svg']) {
    const headers = (await page.request.get(address)).headers();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
  }
});
