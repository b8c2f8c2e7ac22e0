import type { Loose } from './client.ts';
import { parameter, resource } from './definition.ts';

/** A whole export with what real ones have: ids, nulls, fields that nobody knows, numbers of many digits. */
export const archive = (url: string, key: string, more = {}): Loose => ({
  id: 4711,
  name: 'Archive',
  key,
  description: null,
  hub: 'documents',
  active: true,
  extendebl: 'a mistyped field',
  authentication: { type: 'basic' },
  configuration: [
    {
      id: 90,
      key: 'base.url',
      name: 'URL',
      type: 'TEXTFIELD_1000',
      defaultValue: url,
      required: true,
    },
    { id: 91, key: 'username', name: 'User', type: 'TEXTFIELD_128', required: true, options: null },
    { id: 92, key: 'password', name: 'Password', type: 'PASSWORD', required: true },
  ],
  parameters: [],
  hooks: [],
  resources: [
    {
      ...resource('GET', '/papers/{id}', { parameters: [{ id: 5, ...parameter('path', 'id') }] }),
      id: 17,
      response: { contentType: 'application/json', sampleData: '{"a": 1.0}' },
      weight: 1,
      createdDate: 1487000000000,
    },
  ],
  models: { papers: { id: 'papers', properties: { id: { type: 'string' } } } },
  objects: null,
  ...more,
});
