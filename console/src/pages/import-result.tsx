import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { callPage } from '../api.ts';
import { type SavedElement, createElement, updateElement } from '../element-edit.ts';
import type { ElementSummary } from '../elements.ts';
import type { Progress } from '../import-files.ts';
import { Badge, type Tone } from '../parts/badge.tsx';
import { Button, buttonClasses } from '../parts/button.tsx';
import { TextField } from '../parts/form.tsx';
import { ReportSummary } from '../parts/import-report.tsx';
import { Failure } from '../parts/states.tsx';
import { importing as words } from '../strings/builder.ts';

export const isOver = ({ stage }: Progress): boolean =>
  stage === 'done' || stage === 'taken' || stage === 'failed';

const tones: Partial<Record<Progress['stage'], Tone>> = { done: 'good', taken: 'warn', failed: 'bad' };

/** One file: how far it is, then what became of it. */
export function ImportResult({
  name,
  progress,
  onProgress,
}: {
  name: string;
  progress: Progress;
  onProgress: (progress: Progress) => void;
}) {
  const { stage, element, notes = [], error } = progress;
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={tones[stage] ?? 'neutral'}>{words.stages[stage]}</Badge>
        <span className="min-w-0 grow text-sm font-medium break-words">{name}</span>
        {element && (
          <Link to="/catalog/$key" params={{ key: element.key }} className={buttonClasses('primary')}>
            {words.openElement(element.name)}
          </Link>
        )}
      </div>
      {element && <ReportSummary problems={element.importReport} notes={notes} />}
      {stage === 'failed' && <Failure error={error} />}
      {stage === 'taken' && <Taken progress={progress} onProgress={onProgress} />}
    </li>
  );
}

/** The key is that of another element: that one is changed, or this one gets another key. */
function Taken({ progress, onProgress }: { progress: Progress; onProgress: (progress: Progress) => void }) {
  const [key, setKey] = useState('');
  const { definition = '{}' } = progress;
  const answer = useMutation({
    mutationFn: (work: () => Promise<SavedElement>) => work(),
    onSuccess: (element) => onProgress({ ...progress, stage: 'done', element, error: undefined }),
  });
  return (
    <div className="flex flex-col gap-3">
      <Failure error={answer.error ?? progress.error} />
      <div className="flex flex-wrap items-end gap-2">
        <Button busy={answer.isPending} onClick={() => answer.mutate(() => changeOwn(definition))}>
          {words.update}
        </Button>
      </div>
      <p className="m-0 text-xs text-muted">{words.updateText}</p>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          answer.mutate(() => createElement(withKey(definition, key)));
        }}
      >
        <TextField
          label={words.newKey}
          required
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <Button type="submit" busy={answer.isPending}>
          {words.otherKey}
        </Button>
      </form>
    </div>
  );
}

/** The account's own element of the key, by id: a shipped one may have the same key. */
async function changeOwn(definition: string): Promise<SavedElement> {
  const { key, name } = JSON.parse(definition) as { key?: string; name: string };
  const wanted = key ?? name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const where = `key = '${wanted.replaceAll("'", "''")}' and private = 'true'`;
  const { rows } = await callPage<ElementSummary>('/elements', { where, abridged: true });
  return updateElement(rows[0]?.id ?? wanted, definition);
}

/** As text, so that no digit of a number is lost: of two fields of one name the last one counts. */
function withKey(definition: string, key: string): string {
  return definition.replace(/\}\s*$/, `,"key":${JSON.stringify(key)}}`);
}
