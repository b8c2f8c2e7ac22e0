import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type Progress, importDocument, readDocuments } from '../import-files.ts';
import { Button } from '../parts/button.tsx';
import { classNames } from '../parts/class-names.ts';
import { TextAreaField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { importing as words } from '../strings/builder.ts';
import { ImportResult, isOver } from './import-result.tsx';

interface Item extends Progress {
  id: number;
  name: string;
}

/** What is dropped, chosen or pasted, one after the other. */
function useImports() {
  const [items, setItems] = useState<Item[]>([]);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const lastId = useRef(0);
  const add = (name: string): Item => ({ id: ++lastId.current, name, stage: 'waiting' });
  const tell = (id: number) => (progress: Progress) =>
    setItems((all) => all.map((one) => (one.id === id ? { ...one, ...progress } : one)));

  async function work(item: Item, file: Blob): Promise<void> {
    tell(item.id)({ stage: 'reading' });
    try {
      const documents = await readDocuments(file);
      const rest = documents.slice(1).map((_, index) => add(words.nth(item.name, index + 2)));
      setItems((all) => all.flatMap((one) => (one.id === item.id ? [one, ...rest] : [one])));
      for (const [index, document] of documents.entries())
        await importDocument(document, tell([item, ...rest][index]?.id ?? item.id));
    } catch (error) {
      tell(item.id)({ stage: 'failed', error });
    }
  }
  const start = (files: readonly { name: string; content: Blob }[]) => {
    const fresh = files.map(({ name, content }) => ({ item: add(name), content }));
    setItems((all) => [...all, ...fresh.map(({ item }) => item)]);
    for (const { item, content } of fresh) queue.current = queue.current.then(() => work(item, content));
  };
  return { items, start, tell, clear: () => setItems((all) => all.filter((one) => !isOver(one))) };
}

const named = (files: Iterable<File>) => [...files].map((file) => ({ name: file.name, content: file }));

export function ImportPage() {
  const { items, start, tell, clear } = useImports();
  const done = items.filter(isOver).length;
  return (
    <Page title={words.title} lead={words.lead}>
      <DropZone onFiles={(files) => start(named(files))} />
      <PasteBox onText={(text) => start([{ name: words.pasted, content: new Blob([text]) }])} />
      {items.length > 0 && (
        <Section
          title={words.results}
          actions={
            done > 0 && (
              <Button look="quiet" onClick={clear}>
                {words.clear}
              </Button>
            )
          }
        >
          <div className="flex items-center gap-3">
            <progress
              className="h-2 grow appearance-none overflow-hidden rounded bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
              aria-label={words.results}
              max={items.length}
              value={done}
            />
            <span role="status" className="text-sm text-muted">
              {words.progress(done, items.length)}
            </span>
          </div>
          <ul className="m-0 flex list-none flex-col divide-y divide-line p-0">
            {items.map((item) => (
              <ImportResult key={item.id} name={item.name} progress={item} onProgress={tell(item.id)} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

/** Files go anywhere on the page: who misses the box must not leave the console. */
function DropZone({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const drag = (event: DragEvent) => {
      event.preventDefault();
      setOver(event.type === 'dragover');
      if (event.type === 'drop' && event.dataTransfer?.files.length) take.current(event.dataTransfer.files);
    };
    const paste = ({ clipboardData }: ClipboardEvent) => {
      if (clipboardData?.files.length) take.current(clipboardData.files);
    };
    const kinds = ['dragover', 'dragleave', 'drop'] as const;
    for (const kind of kinds) window.addEventListener(kind, drag);
    window.addEventListener('paste', paste);
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, drag);
      window.removeEventListener('paste', paste);
    };
  }, []);
  return (
    <div
      className={classNames(
        'flex flex-col items-center gap-2 rounded-lg border-2 border-dashed px-6 py-10 text-center',
        over ? 'border-accent bg-accent-soft' : 'border-line bg-surface',
      )}
    >
      <FileUp aria-hidden className="size-8 text-muted" />
      <p className="m-0 font-medium">{words.drop}</p>
      <p className="m-0 text-sm text-muted">{words.dropText}</p>
      <Button look="primary" onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={words.choose}
        accept=".json,.yaml,.yml,.xml,.wsdl,.edmx"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
    </div>
  );
}

function PasteBox({ onText }: { onText: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <details className="rounded-lg border border-line bg-surface">
      <summary className="min-h-11 px-4 py-2.5 text-sm font-medium">{words.paste}</summary>
      <form
        className="flex flex-col items-start gap-3 px-4 pb-4 *:w-full"
        onSubmit={(event) => {
          event.preventDefault();
          onText(text);
          setText('');
        }}
      >
        <TextAreaField
          label={words.pasteLabel}
          help={words.pasteHelp}
          rows={10}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div>
          <Button type="submit" look="primary" disabled={text.trim() === ''}>
            {words.pasteAction}
          </Button>
        </div>
      </form>
    </details>
  );
}
