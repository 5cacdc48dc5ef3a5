'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { AppError } from '@/lib/errors';
import { KeysProvider } from './keys';

const MAX_RETRIES = 2;

export const Providers = ({ children }: { children: ReactNode }) => {
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
  return (
    <QueryClientProvider client={client}>
      <KeysProvider>{children}</KeysProvider>
    </QueryClientProvider>
  );
};
