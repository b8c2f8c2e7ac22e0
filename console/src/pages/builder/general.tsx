import { type Definition, changeDefinition } from '../../definition.ts';
import { DraftForm } from '../../parts/draft-form.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '../../parts/form.tsx';
import { authTypes, generalForm as words } from '../../strings/builder.ts';

type General = Omit<
  Definition,
  'configuration' | 'parameters' | 'hooks' | 'resources' | 'objects' | 'models'
>;

/** What an element is, without its rows. */
export function GeneralForm({ elementKey, definition }: { elementKey: string; definition: Definition }) {
  const { name, description, hub, active, image, signupURL, configDescription, authentication } = definition;
  const stored: General = { name, active: active ?? true };
  Object.assign(stored, { description, hub, image, signupURL, configDescription, authentication });
  return (
    <DraftForm stored={stored} save={(changes) => changeDefinition(elementKey, changes)}>
      {({ draft, set, faults }) => {
        const text = (
          field: 'name' | 'description' | 'hub' | 'image' | 'signupURL' | 'configDescription',
        ) => ({
          fault: faults[field],
          value: draft[field] ?? '',
          onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
        });
        const type = draft.authentication?.type ?? 'custom';
        const known = authTypes.some(({ value }) => value === type);
        return (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField label={words.name} required {...text('name')} />
              <TextField label={words.hub} help={words.hubHelp} {...text('hub')} />
              <SelectField
                label={words.auth}
                fault={faults['authentication']}
                options={known ? authTypes : [{ value: type, label: type }, ...authTypes]}
                value={type}
                onChange={({ target }) =>
                  set({ authentication: { ...draft.authentication, type: target.value } })
                }
              />
              <TextField label={words.signup} {...text('signupURL')} />
              <TextField label={words.image} help={words.imageHelp} {...text('image')} />
            </div>
            <TextAreaField prose label={words.description} {...text('description')} />
            <TextAreaField prose label={words.configDescription} {...text('configDescription')} />
            <CheckField
              label={words.active}
              checked={draft.active !== false}
              onChange={({ target }) => set({ active: target.checked })}
            />
          </>
        );
      }}
    </DraftForm>
  );
}
