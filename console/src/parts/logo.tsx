import { classNames } from './class-names.ts';
import type { ElementSummary } from '../elements.ts';

const hues = [
  'bg-accent-soft text-accent-text',
  'bg-good-soft text-good',
  'bg-warn-soft text-warn',
  'bg-bad-soft text-bad',
];

/** The picture of an element, or its first letter. It says nothing that the name beside it does not. */
export function Logo({ element: { image, name, id } }: { element: ElementSummary }) {
  if (image?.startsWith('/'))
    return <img src={image} alt="" className="size-10 shrink-0 rounded-md object-contain" />;
  return (
    <span
      aria-hidden
      className={classNames(
        'flex size-10 shrink-0 items-center justify-center rounded-md text-base font-semibold',
        hues[id % hues.length],
      )}
    >
      {name.slice(0, 1).toUpperCase()}
    </span>
  );
}
