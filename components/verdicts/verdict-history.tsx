import type { Standing } from '@/lib/domain/verdict';
import { historyOf, type VerdictAct } from '@/lib/domain/verdict-correction';
import { checkTitles, valueText } from './outcome';

// One zone for everybody: server and browser must draw the same text.
const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Who said what and when, newest first. Nothing is ever removed from it. */
export const VerdictHistory = ({ decided, acts }: { decided: Standing; acts: readonly VerdictAct[] }) => (
  <section aria-label="History of the verdict" className="border-line border-t px-4 py-2.5">
    <h3 className="font-medium">History</h3>
    <ol className="mt-1 flex flex-col gap-1.5">
      {historyOf(decided, acts).map(({ id, check, action, before, after, reason, author, at }) => (
        <li key={id} className="text-xs">
          <p>
            <b className="font-semibold">{checkTitles[check]}</b>: {valueText(check, before)} →{' '}
            {valueText(check, after)}
            {action === 'withdraw' && ' (correction withdrawn)'}
          </p>
          {reason && <p className="break-words text-ink-2">“{reason}”</p>}
          <p className="text-ink-3">
            {author ?? 'A removed person'}, <time dateTime={at}>{when.format(new Date(at))} UTC</time>
          </p>
        </li>
      ))}
    </ol>
  </section>
);
