import { type Definition, changeDefinition, requireNames } from '../../definition.ts';
import { DraftForm } from '../../parts/draft-form.tsx';
import { HookRows } from '../../parts/hook-rows.tsx';
import { ParameterRows } from '../../parts/parameter-rows.tsx';

interface Props {
  elementKey: string;
  definition: Definition;
}

/** Parameters that go to all resources. */
export function ElementParameters({ elementKey, definition }: Props) {
  return (
    <DraftForm
      stored={{ parameters: definition.parameters ?? [] }}
      save={async (changes) => {
        requireNames(changes.parameters);
        await changeDefinition(elementKey, changes);
      }}
    >
      {({ draft, set, faults }) => (
        <ParameterRows
          rows={draft.parameters}
          faults={faults}
          onChange={(parameters) => set({ parameters })}
        />
      )}
    </DraftForm>
  );
}

/** Scripts around those of all resources, and those that read events. */
export function ElementHooks({ elementKey, definition }: Props) {
  return (
    <DraftForm
      stored={{ hooks: definition.hooks ?? [] }}
      save={(changes) => changeDefinition(elementKey, changes)}
    >
      {({ draft, set, faults }) => (
        <HookRows
          rows={draft.hooks}
          types={['preRequest', 'postRequest', 'event']}
          faults={faults}
          onChange={(hooks) => set({ hooks })}
        />
      )}
    </DraftForm>
  );
}
