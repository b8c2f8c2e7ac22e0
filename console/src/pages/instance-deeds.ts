import { useMutation } from '@tanstack/react-query';
import { type Instance, removeInstance, switchInstance } from '../instances.ts';
import { useConfirm } from '../parts/dialog.tsx';
import { sentenceOf } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';
import { instance as words } from '../strings/instances.ts';

/** What can be done to a connected account, on its page and in the list: it asks first and says what is lost. */
export function useInstanceDeeds(
  { id, name, disabled }: Pick<Instance, 'id' | 'name' | 'disabled'>,
  onRemoved?: () => Promise<void>,
) {
  const confirm = useConfirm();
  const say = useToast();
  const onError = (error: unknown) => say(sentenceOf(error), 'bad');
  // Told by what was asked for: when it has happened, the account is known anew.
  const flip = useMutation({
    mutationFn: (on: boolean) => switchInstance(id, on),
    onSuccess: (_, on) => say(on ? words.enabled : words.disabled),
    onError,
  });
  const remove = useMutation({
    mutationFn: () => removeInstance(id),
    async onSuccess() {
      say(words.removed(name));
      await onRemoved?.();
    },
    onError,
  });
  return {
    isBusy: flip.isPending || remove.isPending,
    async flip() {
      const question = { title: words.disableTitle(name), text: words.disableText, action: words.disable };
      if (disabled || (await confirm(question))) flip.mutate(disabled);
    },
    async remove() {
      const question = { title: words.removeTitle(name), text: words.removeText, action: words.remove };
      if (await confirm(question)) remove.mutate();
    },
  };
}
