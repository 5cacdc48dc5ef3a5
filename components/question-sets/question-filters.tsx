'use client';
import { useEffect, useState } from 'react';
import { Field, Input, Select } from '@/components/ui/field';
import { type QuestionFacets, type QuestionFilters, questionFiltersSchema } from '@/lib/domain/question-set';
import { formatCount } from '@/lib/domain/text/counted';
import { mediaText } from './media-mark';

const TYPING_MS = 250;

type QuestionFiltersBarProps = {
  filters: QuestionFilters;
  facets: QuestionFacets;
  onChange: (filters: QuestionFilters) => void;
};

/** Kind, modality, media state and words of a question. Counts are those of the whole set. */
export const QuestionFiltersBar = ({ filters, facets, onChange }: QuestionFiltersBarProps) => {
  const [text, setText] = useState(filters.text ?? '');
  // Waiting for a pause in typing is a clock outside React.
  useEffect(() => {
    if (text.trim() === (filters.text ?? '')) return;
    const timer = setTimeout(() => onChange(clean({ ...filters, text })), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, filters, onChange]);

  const selects = [
    { name: 'kind', label: 'Kind', options: facets.kinds, textOf: (value: string) => value },
    { name: 'modality', label: 'Modality', options: facets.modalities, textOf: (value: string) => value },
    {
      name: 'media',
      label: 'Media',
      options: facets.media,
      textOf: (value: string) => Object.entries(mediaText).find(([state]) => state === value)?.[1] ?? value,
    },
  ] as const;
  return (
    <search className="grid grid-cols-2 gap-3 md:grid-cols-4">
      {selects.map(({ name, label, options, textOf }) => (
        <Field key={name} label={label}>
          {(control) => (
            <Select
              {...control}
              value={filters[name] ?? ''}
              onChange={(event) => onChange(clean({ ...filters, [name]: event.target.value }))}
            >
              <option value="">All</option>
              {options.map(({ value, count }) => (
                <option key={value} value={value}>
                  {textOf(value)} ({formatCount(count)})
                </option>
              ))}
            </Select>
          )}
        </Field>
      ))}
      <Field label="Words">
        {(control) => (
          <Input
            {...control}
            type="search"
            maxLength={200}
            placeholder="in the question or its key"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </search>
  );
};

/** Empty choices mean no filter. */
const clean = (raw: Readonly<Record<string, string | undefined>>): QuestionFilters =>
  questionFiltersSchema.parse(Object.fromEntries(Object.entries(raw).filter(([, value]) => value?.trim())));
