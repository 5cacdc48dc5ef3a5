'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { AppError } from '@/lib/errors';
import { KeysProvider } from './keys';

const MAX_RETRIES = 2;

declare global {
  // Where `get-nonce`, under the dialogs' scroll lock, looks for the nonce of the style element it adds.
  var __webpack_nonce__: string | undefined;
}

/** `nonce` is the one that the content security policy of this page allows. */
export const Providers = ({ nonce, children }: { nonce: string | undefined; children: ReactNode }) => {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 10_000,
            // What the server refused in words will be refused again; only an unreachable server is worth asking twice.
            retry: (count, error) =>
              count < MAX_RETRIES && !(error instanceof AppError && error.code !== 'unavailable'),
          },
        },
      }),
  );
  // The first one: a server action that renders the layout again brings the nonce of its own answer, but the document's
  // policy is still that of the page that was loaded.
  const [loaded] = useState(nonce);
  useEffect(() => {
    globalThis.__webpack_nonce__ = loaded;
  }, [loaded]);
  return (
    <QueryClientProvider client={client}>
      <KeysProvider>{children}</KeysProvider>
    </QueryClientProvider>
  );
};
