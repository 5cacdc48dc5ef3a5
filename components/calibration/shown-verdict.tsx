import { Check, CircleHelp, X } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/mark';
import { formatFixed } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import type { LabelCheck } from '@/lib/domain/calibration/label';
import type { LabelItem, ShownAccuracy, ShownConsistency } from '@/lib/domain/calibration/sample';
import { checkTitles } from './words';

const Agrees = ({ agrees }: { agrees: boolean | null }) => {
  if (agrees === null) {
    return (
      <span className="inline-flex items-center gap-1 text-ink-2">
        <CircleHelp aria-hidden className="size-4" /> Nothing to compare
      </span>
    );
  }
  return agrees ? (
    <span className="inline-flex items-center gap-1 text-good">
      <Check aria-hidden className="size-4" /> You agree
    </span>
  ) : (
    <span className="inline-flex items-center gap-1 text-bad">
      <X aria-hidden className="size-4" /> You disagree
    </span>
  );
};

type LineProps = { check: LabelCheck; mine: string; said: string; agrees: boolean | null; children: React.ReactNode };

const Line = ({ check, mine, said, agrees, children }: LineProps) => (
  <div className="flex flex-col gap-1 border-line border-t py-2 first:border-t-0 first:pt-0 last:pb-0">
    <div className="flex flex-wrap items-center justify-between gap-2">
      <Badge meaning={check}>{checkTitles[check]}</Badge>
      <Agrees agrees={agrees} />
    </div>
    <p>
      You: <strong className="font-semibold">{mine}</strong>. The verifier:{' '}
      <strong className="font-semibold">{said}</strong>.
    </p>
    {children}
  </div>
);

const Consistency = ({ mine, shown }: { mine: string; shown: ShownConsistency }) => (
  <Line check="consistency" mine={mine} said={shown.said} agrees={shown.agrees}>
    <p className="break-words text-ink-2">
      {shown.by === 'judge' && 'By its judge. '}
      {shown.concluded !== null && `The thinking concludes “${shown.concluded}”. `}
      {shown.reason}
    </p>
    {shown.judges.map(({ name, heldOut, said, reason }) => (
      <p key={name} className="break-words text-ink-2">
        {name}
        {heldOut && ' (held out)'}: <strong className="font-medium text-ink">{said}</strong>. {reason}
      </p>
    ))}
  </Line>
);

const accuracyWord = (said: boolean | null): string => (said === null ? 'not scored' : said ? 'correct' : 'wrong');

const Accuracy = ({ mine, shown }: { mine: string; shown: ShownAccuracy }) => (
  <Line check="accuracy" mine={mine} said={accuracyWord(shown.said)} agrees={shown.agrees}>
    <p className="break-words text-ink-2">
      {shown.score !== null && `Score ${formatFixed(shown.score)}. `}
      {shown.reason}
    </p>
  </Line>
);

/** What the verifier said, for the checks that the person has answered; before that, that it is hidden. */
export const ShownVerdict = ({ item: { mine, shown } }: { item: LabelItem }) => (
  <Panel title="The verifier’s verdict">
    {shown.consistency === null && shown.accuracy === null && (
      <p className="text-ink-2">Hidden until you have answered. It has not been sent to this page.</p>
    )}
    {shown.consistency && mine.consistency && <Consistency mine={mine.consistency.value} shown={shown.consistency} />}
    {shown.accuracy && mine.accuracy && <Accuracy mine={mine.accuracy.value} shown={shown.accuracy} />}
    {shown.rolloutId && (
      <p className="mt-2">
        <Link href={`/rollouts/${shown.rolloutId}`} className="text-accent hover:underline">
          Open the rollout
        </Link>
      </p>
    )}
  </Panel>
);
