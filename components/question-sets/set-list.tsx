'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { rolloutsOfSet } from '@/components/runs/rollout-links';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed } from '@/components/ui/states';
import { WideTable } from '@/components/ui/wide-table';
import type { QuestionFilters, QuestionSet } from '@/lib/domain/question-set';
import { formatCount } from '@/lib/domain/text/counted';
import { questionSetsQuery } from '@/lib/queries/question-sets';
import { MediaMark } from './media-mark';

const td = 'px-3 py-2 align-top';
const th = 'px-3 py-2 font-medium text-ink-2 text-xs';

type FacetLinksProps<V extends string> = {
  set: QuestionSet;
  facet: keyof QuestionFilters;
  options: readonly { readonly value: V; readonly count: number }[];
  label: (value: V) => ReactNode;
};

/** The values of one facet with their counts; each leads to the questions behind it. */
const FacetLinks = <V extends string>({ set, facet, options, label }: FacetLinksProps<V>) => (
  <ul className="flex flex-wrap gap-x-3">
    {options.map(({ value, count }) => (
      <li key={value} className="whitespace-nowrap">
        <Link href={`/question-sets/${set.id}?${facet}=${value}`} className="hover:underline">
          {label(value)} <span className="text-ink-2">{formatCount(count)}</span>
        </Link>
      </li>
    ))}
  </ul>
);

const SetRow = ({ set }: { set: QuestionSet }) => (
  <tr className="border-line border-t hover:bg-sunken/60">
    <th scope="row" className={`${td} min-w-40 text-left font-medium`}>
      <Link href={`/question-sets/${set.id}`} className="break-words text-accent hover:underline">
        {set.name}
      </Link>
    </th>
    <td className={`${td} text-right`}>{formatCount(set.questions)}</td>
    <td className={`${td} text-right`}>
      {set.rollouts > 0 ? (
        <Link href={rolloutsOfSet(set.id)} className="hover:underline">
          {formatCount(set.rollouts)}
        </Link>
      ) : (
        <span className="text-ink-3">0</span>
      )}
    </td>
    <td className={td}>
      <FacetLinks set={set} facet="kind" options={set.facets.kinds} label={String} />
    </td>
    <td className={td}>
      <FacetLinks set={set} facet="modality" options={set.facets.modalities} label={String} />
    </td>
    <td className={td}>
      <FacetLinks set={set} facet="media" options={set.facets.media} label={(media) => <MediaMark media={media} />} />
    </td>
  </tr>
);

/** The question sets by name. `initial` is what the server read for the first paint. */
export const SetList = ({ initial }: { initial: QuestionSet[] }) => {
  const { data, error, refetch } = useQuery({ ...questionSetsQuery(), initialData: initial });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) {
    return (
      <Panel>
        <Empty
          title="No question sets yet"
          action={
            <Button asChild look="primary">
              <Link href="/imports">Import questions</Link>
            </Button>
          }
        >
          A set comes with the first file: of questions, or of rollouts that carry theirs.
        </Empty>
      </Panel>
    );
  }
  return (
    <Panel flush>
      <WideTable label="Question sets" className="text-left">
        <thead>
          <tr>
            <th scope="col" className={th}>
              Set
            </th>
            <th scope="col" className={`${th} text-right`}>
              Questions
            </th>
            <th scope="col" className={`${th} text-right`}>
              Rollouts
            </th>
            <th scope="col" className={th}>
              Kinds
            </th>
            <th scope="col" className={th}>
              Modality
            </th>
            <th scope="col" className={th}>
              Media
            </th>
          </tr>
        </thead>
        <tbody>
          {data.map((set) => (
            <SetRow key={set.id} set={set} />
          ))}
        </tbody>
      </WideTable>
    </Panel>
  );
};
