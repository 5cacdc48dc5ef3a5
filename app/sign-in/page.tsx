import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ used?: string }> }) {
  const { used } = await searchParams;
  return (
    <main className="grid min-h-screen place-items-center p-6">
      <div className="max-w-md rounded-lg border border-line bg-surface p-6">
        <h1 className="font-semibold text-xl">Sign in to VerIPO Studio</h1>
        {used !== undefined && (
          <p role="alert" className="mt-3 rounded-md border border-bad bg-bad-soft px-3 py-2">
            That link was used already or is older than a day.
          </p>
        )}
        <p className="mt-3 text-ink-2">
          Open the one-time link that <code className="font-mono">npm start</code> printed in your terminal. For a new
          one, run:
        </p>
        <pre className="mt-3 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-sm">
          npm run -s veripo -- sign-in
        </pre>
      </div>
    </main>
  );
}
