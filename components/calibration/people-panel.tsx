import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import type { ReportView } from '@/lib/domain/calibration/report-view';
import { FigureCell } from './figure-cell';
import { checkTitles } from './words';

/** How people agree with each other: no verifier can be asked to agree with them better. */
export const PeoplePanel = ({ people }: { people: ReportView['people'] }) => (
  <Panel title="People among each other" flush>
    <WideTable label="Agreement between people">
      <thead>
        <tr className="text-ink-2 text-xs">
          <th scope="col" className="px-4 py-2 text-left font-medium">
            People
          </th>
          <th scope="col" className="px-3 py-2 text-left font-medium">
            Check
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            Say the same
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            κ
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ check, people: [first, second], agreement, kappa }) => (
          <tr key={`${check} ${first} ${second}`} className="border-line border-t">
            <th scope="row" className="px-4 py-2 text-left align-top font-normal">
              {first} and {second}
            </th>
            <td className="px-3 py-2 align-top">{checkTitles[check]}</td>
            <FigureCell value={agreement.share} low={agreement.low} high={agreement.high} n={agreement.total} />
            <FigureCell value={kappa.kappa} low={kappa.low} high={kappa.high} n={kappa.n} />
          </tr>
        ))}
      </tbody>
    </WideTable>
  </Panel>
);
