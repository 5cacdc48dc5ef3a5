import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Nav } from '@/components/shell/nav';
import { findViewer } from '@/lib/data/access/session';
import { THEME_COOKIE, themeSchema } from '@/lib/domain/theme';

/** Everything behind the sign-in link. Data functions check identity themselves; this only shows the door. */
export default async function StudioLayout({ children }: { children: ReactNode }) {
  if (!(await findViewer())) redirect('/sign-in');
  const theme = themeSchema.catch('light').parse((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <div className="min-h-screen md:flex">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-2">
        Skip to content
      </a>
      <Nav theme={theme} />
      <main id="main" className="min-w-0 flex-1">
        {children}
      </main>
    </div>
  );
}
