import { type BuiltTexts, builtFields, builtNames, builtProblems, defaultBuilt } from '@/lib/domain/loop/built-base';
import { SettingField } from './setting-field';

type BuiltFieldsProps = { texts: BuiltTexts; onTexts: (texts: BuiltTexts) => void };

/** The size of a base policy that the trainer builds. */
export const BuiltFields = ({ texts, onTexts }: BuiltFieldsProps) => {
  const problems = builtProblems(texts);
  return builtNames.map((name) => (
    <SettingField
      key={name}
      field={builtFields[name]}
      text={texts[name]}
      defaultText={texts[name] === defaultBuilt[name] ? null : defaultBuilt[name]}
      problem={problems[name]}
      onText={(text) => onTexts({ ...texts, [name]: text })}
      onReset={() => onTexts({ ...texts, [name]: defaultBuilt[name] })}
    />
  ));
};
