'use client';
import { Page } from '@/components/ui/page';
import { Failed } from '@/components/ui/states';

export default function StudioError({ reset }: { error: Error; reset: () => void }) {
  return (
    <Page title="This screen failed">
      <Failed
        error={new Error('Something went wrong that the studio did not expect; its log says what.')}
        onRetry={reset}
      />
    </Page>
  );
}
