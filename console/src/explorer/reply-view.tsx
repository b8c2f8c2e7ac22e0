import { useEffect, useState } from 'react';
import { Badge } from '../parts/badge.tsx';
import { Button, buttonClasses } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { JsonTree } from '../parts/json-tree.tsx';
import { Facts, Section } from '../parts/page.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { explorer as words } from '../strings/explorer.ts';
import { parts } from '../strings/shell.ts';
import { ReplyTable, recordsOf } from './reply-table.tsx';
import { type Content, type Reply, blameOf, nextPageOf } from './reply.ts';

/** What came of a call: who is to blame when it failed, its body in several forms, and its headers. */
export function ReplyView({
  reply,
  onNext,
}: {
  reply: Reply;
  onNext: ((token: string) => void) | undefined;
}) {
  const blame = blameOf(reply);
  const next = nextPageOf(reply);
  return (
    <Section
      title={words.reply}
      actions={
        <span className="flex flex-wrap items-center gap-2 text-sm" role="status">
          <Badge tone={blame ? 'bad' : 'good'}>{reply.status}</Badge>
          <span className="text-muted">{words.answered(reply.ms, reply.sizeBytes)}</span>
        </span>
      }
    >
      {blame && <Fault blame={words.blame[blame]} reply={reply} />}
      <ReplyTabs key={reply.content.kind} reply={reply} />
      {onNext && next && (
        <div>
          <Button onClick={() => onNext(next)}>{words.next}</Button>
        </div>
      )}
    </Section>
  );
}

function Fault({ blame, reply: { content } }: { blame: string; reply: Reply }) {
  const said = content.kind === 'json' ? (content.value as Record<string, unknown> | null) : null;
  const { message, providerMessage, requestId } = said ?? {};
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-lg bg-bad-soft p-4 text-sm text-bad">
      <p className="m-0 font-medium">{blame}</p>
      {typeof message === 'string' && <p className="m-0 break-words">{message}</p>}
      {typeof providerMessage === 'string' && (
        <p className="m-0 break-words">{words.provider(providerMessage)}</p>
      )}
      {typeof requestId === 'string' && <p className="m-0 font-mono text-xs">{parts.requestId(requestId)}</p>}
    </div>
  );
}

function ReplyTabs({ reply: { content, headers } }: { reply: Reply }) {
  const [open, setOpen] = useState(content.kind === 'json' ? 'tree' : 'body');
  const facts = <Facts rows={headers.map(([name, value]) => [name, <code key={name}>{value}</code>])} />;
  return (
    <Tabs
      label={words.reply}
      open={open}
      onOpen={setOpen}
      tabs={[...bodyTabs(content), { key: 'headers', label: words.headers(headers.length), content: facts }]}
    />
  );
}

function bodyTabs(content: Content) {
  if (content.kind === 'json') {
    const records = recordsOf(content.value);
    const table = records ? (
      <ReplyTable records={records} />
    ) : (
      <p className="m-0 text-sm text-muted">{words.noTable}</p>
    );
    return [
      { key: 'tree', label: words.tree, content: <JsonTree label={words.tree} value={content.value} /> },
      { key: 'table', label: words.table, content: table },
      { key: 'text', label: words.text, content: <Code what={words.reply}>{content.text}</Code> },
    ];
  }
  const body =
    content.kind === 'text' ? (
      <Code what={words.reply}>{content.text}</Code>
    ) : content.kind === 'file' ? (
      <Download {...content} />
    ) : (
      <p className="m-0 text-sm text-muted">{words.empty}</p>
    );
  return [{ key: 'body', label: words.body, content: body }];
}

function Download({ blob, name }: { blob: Blob; name: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm">
      <span>{words.isFile}</span>
      <a href={url} download={name} className={buttonClasses()}>
        {words.download(name)}
      </a>
    </div>
  );
}
