import { randomUUID } from 'node:crypto';
import type { Failure } from '../failure.ts';
import { failure } from '../failure.ts';
import type { AccountData, Asset } from '../model.ts';
import type { Call } from '../surface.ts';

export type AssetKind = 'logos' | 'images' | 'media';

const imageNames = /\.(jpe?g|png|gif)$/i;
const documentNames = /\.(jpe?g|png|gif|pdf|docx?|pptx?|xlsx?|mp4|txt|csv|zip)$/i;

export function findAsset(
  data: AccountData,
  kind: AssetKind,
  id: string | undefined,
  error = failure('idNotFound'),
): Asset {
  const asset = data[kind].find((one) => one.id === id);
  if (!asset) throw error;
  return asset;
}

export function removeAsset(data: AccountData, kind: AssetKind, id: string | undefined): void {
  const asset = findAsset(data, kind, id);
  data[kind] = data[kind].filter((one) => one !== asset);
}

/** The file of an upload; the provider takes only the types that it knows. */
export function readFile({ files }: Call, kind: AssetKind, error: Failure): { name: string; size: number } {
  const file = files['file'] ?? files['File'];
  const names = kind === 'media' ? documentNames : imageNames;
  if (!file || !names.test(file.filename)) throw error;
  return { name: file.filename, size: file.content.length };
}

export function addAsset(call: Call, kind: AssetKind, id: string, asset: Partial<Asset>): void {
  call.data[kind].push({
    id,
    name: '',
    folderName: 'Default Folder',
    size: 0,
    altText: '',
    toolTip: '',
    targetUrl: '',
    createdMs: call.nowMs,
    modifiedMs: call.nowMs,
    ...asset,
  });
}

export function newFileId(): string {
  return `f-${randomUUID()}`;
}

/** Where the provider's own servers would have the file. */
export function addressOf({ accountId }: AccountData, { id }: Asset): string {
  return `https://a${accountId}.actonservice.com/acton/attachment/${accountId}/${id}/0/-/-/-/-/index.html`;
}

/** Lists of files come by folder. */
export function byFolder<T extends { folderName: string }, E>(all: T[], describe: (one: T) => E) {
  const folders = [...new Set(all.map(({ folderName }) => folderName))];
  return folders.map((name) => ({
    name,
    entries: all.filter(({ folderName }) => folderName === name).map(describe),
  }));
}
