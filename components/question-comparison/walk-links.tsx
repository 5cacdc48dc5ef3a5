'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/states';
import {
  formatQuestionAddress,
  forOtherQuestion,
  type QuestionAddress,
} from '@/lib/domain/question-comparison/address';
import { flipText } from '@/lib/domain/question-comparison/flip';
import type { Slice } from '@/lib/domain/slices/slice';
import { formatCount } from '@/lib/domain/text/counted';
import { questionWalkQuery } from '@/lib/queries/question-comparison';

type WalkLinksProps = {
  readonly questionId: string;
  /** The two side by side, in the order of the address: a flip goes from the first to the second. */
  readonly sides: readonly Slice[];
  readonly address: QuestionAddress;
};

const Step = ({ href, label, children }: { href: Route | undefined; label: string; children: React.ReactNode }) =>
  href ? (
    <Button asChild className="w-8 px-0">
      <Link href={href} aria-label={label} title={label}>
        {children}
      </Link>
    </Button>
  ) : (
    <Button className="w-8 px-0" disabled aria-label={label}>
      {children}
    </Button>
  );

/** The place of this question in the list that is walked, and the ways to its neighbours. */
export const WalkLinks = ({ questionId, sides, address }: WalkLinksProps) => {
  const router = useRouter();
  const { data, error } = useQuery(questionWalkQuery(questionId, sides, address.scope));
  const search = formatQuestionAddress(forOtherQuestion(address)).toString();
  const routeTo = (id: string | null | undefined): Route | undefined =>
    id ? (`/compare/questions/${id}?${search}` as Route) : undefined;
  const previous = routeTo(data?.previousId);
  const next = routeTo(data?.nextId);
  useKeys(
    useMemo((): readonly KeyBinding[] => {
      const go = (route: Route | undefined) => () => {
        if (route) router.push(route);
      };
      return [
        { keys: ['n'], says: 'Next question of the list', run: go(next) },
        { keys: ['p'], says: 'Previous question of the list', run: go(previous) },
      ];
    }, [router, next, previous]),
  );
  const { flip } = address.scope;
  const what = flip === null ? 'that both slices were asked' : `that went ${flipText(flip)}`;
  return (
    <nav aria-label="Questions" className="flex items-center gap-1">
      <span className="text-right sm:min-w-24 text-ink-2 text-xs tabular-nums" title={`Of the questions ${what}`}>
        {error ? (
          'The list of questions could not be read'
        ) : !data ? (
          <Skeleton className="inline-block h-4 w-20" />
        ) : (
          <>
            {data.position === null ? 'Outside' : formatCount(data.position)} of {formatCount(data.total)}{' '}
            {flip !== null && flipText(flip)}
          </>
        )}
      </span>
      <Step href={previous} label="Previous question">
        <ChevronLeft aria-hidden className="size-4" />
      </Step>
      <Step href={next} label="Next question">
        <ChevronRight aria-hidden className="size-4" />
      </Step>
    </nav>
  );
};
