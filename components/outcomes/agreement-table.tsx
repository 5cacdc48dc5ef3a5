import { typeNames } from '@/components/pairs/act-text';
import { formatPercent } from '@/components/ui/number';
import { agreementOf, type Standing } from '@/lib/domain/outcomes/decision';
import { pairTypes } from '@/lib/domain/pair';
import { formatCount } from '@/lib/domain/text/counted';

const td = 'py-1.5 pl-3 text-right align-top tabular-nums';

/** How often people approve what the rules propose, over all pairs that people decided, by type. */
export const AgreementTable = ({ standing }: { standing: readonly Standing[] }) => {
  const rows = [
    { name: 'All types', own: standing },
    ...pairTypes.map((type) => ({ name: typeNames[type], own: standing.filter((each) => each.type === type) })),
  ].flatMap(({ name, own }) => {
    const agreement = agreementOf(own);
    return agreement.share === null ? [] : [{ name, ...agreement, share: agreement.share }];
  });
  if (rows.length === 0) {
    return <p className="text-ink-2">People have decided no pair of this run: there is no agreement to measure.</p>;
  }
  return (
    <table className="w-full">
      <tbody>
        {rows.map(({ name, share, count, total, low, high }) => (
          <tr key={name} className="border-line border-t first:border-t-0">
            <th scope="row" className="py-1.5 text-left align-top font-medium">
              {name}
            </th>
            <td className={td}>
              <span className="font-medium">{formatPercent(share)}</span>
              <div className="text-ink-3 text-xs">
                {formatCount(count)} / {formatCount(total)} · {formatPercent(low, 0)} – {formatPercent(high, 0)}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
