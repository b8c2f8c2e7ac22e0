import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Instance, checkInstance } from '../instances.ts';
import { Button, buttonClasses } from '../parts/button.tsx';
import { Section } from '../parts/page.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { sentenceOf } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';
import { instance as words } from '../strings/instances.ts';

/** Whether the account works, asked again when the person wants; and the ways to what has happened with it. */
export function Health({ instance }: { instance: Instance }) {
  const { id, disabled, invalidReason } = instance;
  const say = useToast();
  const check = useMutation({
    mutationFn: () => checkInstance(id),
    onSuccess: ({ valid }) => say(words.checked[`${valid}`], valid ? 'good' : 'bad'),
    onError: (error) => say(sentenceOf(error), 'bad'),
  });
  return (
    <Section
      title={words.health}
      actions={
        <Button busy={check.isPending} disabled={disabled} onClick={() => check.mutate()}>
          {words.check}
        </Button>
      }
    >
      <div className="flex flex-wrap items-center gap-3 text-sm">
        <StateBadge of={instance} />
        <span className="text-muted">{invalidReason ?? words.healthText}</span>
      </div>
      <div className="flex flex-wrap gap-2">
        <Link to="/activity" search={{ instance: id }} className={buttonClasses()}>
          {words.calls}
        </Link>
        <Link to="/events" search={{ instance: id }} className={buttonClasses()}>
          {words.itsEvents}
        </Link>
      </div>
    </Section>
  );
}
