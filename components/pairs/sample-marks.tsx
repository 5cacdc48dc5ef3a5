import { Badge } from '@/components/ui/mark';
import type { PairSample } from '@/lib/domain/pairs/pair-view';
import { formatCount } from '@/lib/domain/text/counted';

const lengthNames = { too_short: 'too short', in_range: '', too_long: 'too long', cut_off: 'cut off' } as const;

const lengthText = ({ thinkTokens, estimated, lengthClass, chars }: PairSample): string => {
  const size =
    thinkTokens === null
      ? `${formatCount(chars)} characters`
      : `${estimated ? '≈ ' : ''}${formatCount(thinkTokens)} tokens`;
  const name = lengthClass === null ? '' : lengthNames[lengthClass];
  return name === '' ? size : `${size}, ${name}`;
};

/** The verdict on a sample in marks: correctness, consistency and length always, faults where there are some. */
export const SampleMarks = ({ sample }: { sample: PairSample }) => (
  <span className="flex flex-wrap items-center gap-1">
    {sample.correct !== null && <Badge meaning="accuracy">{sample.correct ? 'correct' : 'wrong'}</Badge>}
    {sample.consistency !== null && <Badge meaning="consistency">{sample.consistency}</Badge>}
    {sample.wellFormed === false && <Badge meaning="format">malformed</Badge>}
    {sample.repetitive && <Badge meaning="repetition">repetitive</Badge>}
    <Badge meaning="length">{lengthText(sample)}</Badge>
  </span>
);
