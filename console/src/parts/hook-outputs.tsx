import type { HookOutput } from '../calls.ts';
import { oneCall as words } from '../strings/activity.ts';
import { indented } from '../text.ts';
import { Code } from './code.tsx';

/** What hooks gave to `done`, in their order. */
export function HookOutputs({ hooks }: { hooks: readonly HookOutput[] }) {
  return hooks.map(({ name, when, output }, index) => (
    <article
      key={index}
      aria-label={words.gave(name)}
      className="flex flex-col gap-2 border-t border-line pt-3"
    >
      <h3 className="m-0 text-sm font-medium">
        {words.gave(name)}{' '}
        <span className="font-normal text-muted">{words.hook[when as keyof typeof words.hook] ?? when}</span>
      </h3>
      <Code what={`${words.gave(name)} ${index + 1}`}>{indented(output)}</Code>
    </article>
  ));
}
