import { Select } from '@/components/ui/field';
import type { CurveChoice } from '@/lib/domain/curves/choice';

type LengthSwitchProps = {
  readonly length: CurveChoice['length'];
  readonly onChoose: (length: CurveChoice['length']) => void;
};

/** Tokens of the thinking, or of the whole response. */
export const LengthSwitch = ({ length, onChoose }: LengthSwitchProps) => (
  <Select
    aria-label="Length of what"
    className="w-auto"
    value={length}
    onChange={({ target }) => onChoose(target.value === 'response' ? 'response' : 'think')}
  >
    <option value="think">Thinking</option>
    <option value="response">Whole response</option>
  </Select>
);
