import { defaultText, textOf } from '@/lib/domain/loop/draft';
import { type FieldGroup, fieldGroups, groupLabels } from '@/lib/domain/loop/field-docs';
import { type Field, fieldsByPath } from '@/lib/domain/loop/fields';
import { useForm } from './form-state';
import { SettingField } from './setting-field';

const grid = 'grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-3';

/** Fields side by side, bound to the draft. */
export const Fields = ({ fields }: { fields: readonly Field[] }) => {
  const { draft, defaults, problems, act } = useForm();
  return (
    <div className={grid}>
      {fields.map((field) => (
        <SettingField
          key={field.path}
          field={field}
          text={textOf(draft, defaults, field.path)}
          defaultText={draft.texts[field.path] === undefined ? null : defaultText(defaults, field.path)}
          problem={problems[field.path]}
          onText={(text) => act({ type: 'text', path: field.path, text, defaults })}
          onReset={() => act({ type: 'reset', paths: [field.path] })}
        />
      ))}
    </div>
  );
};

/** Fields by their paths. */
export const FieldsAt = ({ paths }: { paths: readonly string[] }) => (
  <Fields fields={paths.flatMap((path) => fieldsByPath.get(path) ?? [])} />
);

const advancedGroups = fieldGroups.filter((group) => group !== 'common');

const changedText = (count: number): string => (count === 0 ? '' : ` · ${count} changed`);

/** The rest of a stage's settings, by group. Opens by itself where something in it is wrong. */
export const AdvancedFields = ({ fields }: { fields: readonly Field[] }) => {
  const { draft, problems } = useForm();
  const groups: readonly (readonly [FieldGroup, readonly Field[]])[] = advancedGroups
    .map((group) => [group, fields.filter((field) => field.group === group)] as const)
    .filter(([, inside]) => inside.length > 0);
  const paths = groups.flatMap(([, inside]) => inside.map(({ path }) => path));
  const changed = paths.filter((path) => draft.texts[path] !== undefined).length;
  const isWrong = paths.some((path) => problems[path] !== undefined);
  return (
    <details {...(isWrong ? { open: true } : {})}>
      <summary className="cursor-pointer text-ink-2 hover:text-ink">
        Advanced: {groups.map(([group]) => groupLabels[group]).join(', ')}
        <span className="font-medium text-accent">{changedText(changed)}</span>
      </summary>
      <div className="mt-3 flex flex-col gap-4 border-line border-l-2 pl-4">
        {groups.map(([group, inside]) => (
          <section key={group} className="flex flex-col gap-2">
            <h3 className="font-medium text-ink-2 text-xs uppercase tracking-wide">{groupLabels[group]}</h3>
            <Fields fields={inside} />
          </section>
        ))}
      </div>
    </details>
  );
};
