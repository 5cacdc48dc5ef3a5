'use client';
import { FileText } from 'lucide-react';
import { useSlices } from '@/components/slices/use-slices';
import { Button } from '@/components/ui/button';
import { useReport } from './use-report';

/** Saves the comparison on the screen as one HTML file that opens without the studio. */
export const ReportButton = () => {
  const [asked] = useSlices();
  const { progress, error, stage, make } = useReport();
  return (
    <>
      {error !== null && (
        <p role="alert" className="text-bad">
          {error}
        </p>
      )}
      <Button
        disabled={asked.slices.length < 2 || progress !== null}
        aria-busy={progress !== null}
        title={asked.slices.length < 2 ? 'Choose at least two slices' : 'One HTML file with figures, charts and flips'}
        onClick={() => void make(asked)}
      >
        <FileText aria-hidden className="size-4" />
        {progress ?? 'Report'}
      </Button>
      <span role="status" className="sr-only">
        {progress}
      </span>
      {stage}
    </>
  );
};
