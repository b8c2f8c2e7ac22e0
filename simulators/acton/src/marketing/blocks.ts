import { failure, missingParameter } from '../failure.ts';
import type { AccountData, Block } from '../model.ts';
import { nextNumber, textsOf } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';

const fields = ['title', 'html', 'text'];

/** Headers and footers. */
export function mountBlocks(surface: Surface): void {
  for (const kind of ['header', 'footer'] as const) mountKind(surface, kind);
}

function mountKind(surface: Surface, kind: 'header' | 'footer'): void {
  const plural = `${kind}s` as const;
  surface('GET', `/api/1/${kind}`, { handle: ({ data }) => data[plural].map(describe) });
  surface('POST', `/api/1/${kind}`, {
    body: ['form', 'json'],
    handle: (call) => create(call, call.data[plural], kind),
  });
  surface('GET', `/api/1/${kind}/:id`, {
    handle: ({ data, params }) => describe(find(data, plural, params['id'])),
  });
  surface('PUT', `/api/1/${kind}/:id`, {
    body: ['form', 'json'],
    handle: (call) => {
      const block = find(call.data, plural, call.params['id']);
      Object.assign(block, textsOf(call, fields), { modifiedMs: call.nowMs });
      return { status: 'success', message: `The ${kind} has been updated`, id: block.id };
    },
  });
  surface('DELETE', `/api/1/${kind}/:id`, {
    handle: ({ data, params }) => {
      const block = find(data, plural, params['id']);
      data[plural] = data[plural].filter((one) => one !== block);
      return { status: 'success', message: `The ${kind} has been deleted` };
    },
  });
}

function create(call: Call, blocks: Block[], kind: string): unknown {
  const { title, html = '', text = '' } = textsOf(call, fields);
  if (!title) throw missingParameter('title');
  const id = `${kind.charAt(0)}-${nextNumber(call.data).toString(16).padStart(4, '0')}`;
  blocks.push({ id, title, html, text, modifiedMs: call.nowMs });
  return { status: 'success', message: `The ${kind} has been created`, id };
}

function find(data: AccountData, plural: 'headers' | 'footers', id: string | undefined): Block {
  const block = data[plural].find((one) => one.id === id);
  if (!block) throw failure('invalidId');
  return block;
}

function describe({ modifiedMs, ...block }: Block) {
  return { ...block, last_modified: modifiedMs };
}
