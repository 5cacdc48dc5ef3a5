'use client';
import { useQuery } from '@tanstack/react-query';
import { Radio, Rocket } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { isMoving } from '@/lib/domain/loop/stages';
import type { RunOverview } from '@/lib/domain/run';
import { runOverviewQuery } from '@/lib/queries/runs';

/** The way to the next iteration; while one is under way, to that one: a run moves one at a time. */
export const LaunchButton = ({ initial }: { initial: RunOverview }) => {
  const { data } = useQuery({ ...runOverviewQuery(initial.run.id), initialData: initial });
  const moving = data.iterations.find(({ state }) => isMoving(state));
  if (moving) {
    return (
      <Button asChild look="primary">
        <Link href={`/iterations/${moving.id}`}>
          <Radio aria-hidden className="size-4" /> Iteration {moving.k} is under way
        </Link>
      </Button>
    );
  }
  const next = Math.max(0, ...data.iterations.map(({ k }) => k)) + 1;
  return (
    <Button asChild look="primary">
      <Link href={`/train/launch?run=${data.run.id}`}>
        <Rocket aria-hidden className="size-4" /> Launch iteration {next}
      </Link>
    </Button>
  );
};
