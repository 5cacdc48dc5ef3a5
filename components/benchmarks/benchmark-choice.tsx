'use client';
import { useId, useState, useTransition } from 'react';
import { Select } from '@/components/ui/field';
import { saveBenchmark } from '@/lib/actions/benchmarks';
import {
  benchmarkChoiceSchema,
  benchmarkFacts,
  benchmarkOf,
  benchmarks,
  type BenchmarkChoice as Choice,
  chosenBenchmark,
} from '@/lib/domain/benchmarks/benchmark';

type BenchmarkChoiceProps = {
  readonly setId: string;
  readonly setName: string;
  readonly choice: Choice;
  readonly mayChoose: boolean;
};

const BY_NAME = 'by-name';

/** Which benchmark a set is of, so that published figures stand beside its own: by its name, or as a person says. */
export const BenchmarkChoice = ({ setId, setName, choice, mayChoose }: BenchmarkChoiceProps) => {
  const id = useId();
  const [chosen, setChosen] = useState(choice);
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const named = benchmarkOf(setName);
  const current = chosenBenchmark(chosen, setName);
  if (!mayChoose) {
    return <span className="text-ink-2">Benchmark: {current ? benchmarkFacts[current].name : 'none'}</span>;
  }
  const choose = (value: string) => {
    const next = value === BY_NAME ? null : benchmarkChoiceSchema.parse(value);
    setChosen(next);
    start(async () => {
      const result = await saveBenchmark({ setId, benchmark: next });
      setError(result.ok ? undefined : result.error.message);
      if (!result.ok) setChosen(choice);
    });
  };
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {error && (
        <span role="alert" className="text-bad">
          {error}
        </span>
      )}
      <label htmlFor={id} className="text-ink-2">
        Benchmark
      </label>
      <Select
        id={id}
        className="w-auto"
        value={chosen ?? BY_NAME}
        disabled={pending}
        onChange={({ target }) => choose(target.value)}
      >
        <option value={BY_NAME}>by its name ({named ? benchmarkFacts[named].name : 'none'})</option>
        <option value="none">none</option>
        {benchmarks.map((benchmark) => (
          <option key={benchmark} value={benchmark}>
            {benchmarkFacts[benchmark].name}
          </option>
        ))}
      </Select>
    </div>
  );
};
