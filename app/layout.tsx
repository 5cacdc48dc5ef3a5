import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '@/components/shell/providers';
import { THEME_COOKIE, themeSchema } from '@/lib/domain/theme';
import './globals.css';

export const metadata: Metadata = { title: { default: 'VerIPO Studio', template: '%s · VerIPO Studio' } };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeSchema.catch('light').parse((await cookies()).get(THEME_COOKIE)?.value);
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" data-theme={theme}>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
