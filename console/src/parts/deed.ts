import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from './states.tsx';
import { useToast } from './toast.tsx';

/** Something that is done by a button: a corner says that it was, or why not. */
export function useDeed<Input = void>(
  run: (input: Input) => Promise<unknown>,
  done: string | ((input: Input) => string),
  then?: (input: Input) => unknown,
) {
  const say = useToast();
  return useMutation({
    mutationFn: run,
    async onSuccess(_, input) {
      say(typeof done === 'string' ? done : done(input));
      await then?.(input);
    },
    onError: (error) => say(sentenceOf(error), 'bad'),
  });
}
