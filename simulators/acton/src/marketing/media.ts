import { failure } from '../failure.ts';
import type { AccountData, Asset } from '../model.ts';
import { toWords } from '../moments.ts';
import { textsOf } from '../surface.ts';
import type { Surface } from '../surface.ts';
import { addAsset, addressOf, byFolder, findAsset, newFileId, readFile, removeAsset } from './asset-store.ts';

/** Documents and links, and who looked at them. */
export function mountMedia(surface: Surface): void {
  surface('GET', '/api/1/media', {
    handle: ({ data }) => byFolder(data.media, (one) => describeEntry(data, one)),
  });
  surface('GET', '/api/1/media/:id', {
    handle: ({ data, params }) => describe(data, findAsset(data, 'media', params['id'])),
  });
  surface('POST', '/api/1/media', {
    body: ['multipart'],
    handle: (call) => {
      const texts = textsOf(call, ['name', 'foldername']);
      const file = readFile(call, 'media', failure('mediaFileType'));
      const id = newFileId();
      const folderName = texts['foldername'] || 'Default Folder';
      addAsset(call, 'media', id, { ...file, name: texts['name'] || file.name, folderName });
      return { status: 'success', message: 'The file has been uploaded', id };
    },
  });
  surface('PUT', '/api/1/media/:id', {
    body: ['multipart'],
    handle: (call) => {
      const asset = findAsset(call.data, 'media', call.params['id']);
      Object.assign(asset, readFile(call, 'media', failure('invalidFileType')), { modifiedMs: call.nowMs });
      return { status: 'success', message: 'The file has been uploaded', id: asset.id };
    },
  });
  surface('DELETE', '/api/1/media/:id', {
    handle: ({ data, params }) => {
      removeAsset(data, 'media', params['id']);
      return { status: 'success', message: 'File deleted' };
    },
  });
  surface('POST', '/api/1/medialink', {
    body: ['form', 'json'],
    handle: (call) => {
      const {
        url = '',
        foldername = 'Default Folder',
        name = url,
      } = textsOf(call, ['url', 'foldername', 'name']);
      if (!URL.canParse(url)) throw failure('invalidUrl');
      const id = newFileId().replace('f-', 'u-');
      addAsset(call, 'media', id, { name, folderName: foldername, targetUrl: url });
      return { status: 'success', message: 'URL saved', id };
    },
  });
  mountMediaReports(surface);
}

function mountMediaReports(surface: Surface): void {
  const report = (path: string, tell: (asset: Asset) => unknown) =>
    surface('GET', `/api/1/media/:id/report${path}`, {
      handle: ({ data, params }) => tell(findAsset(data, 'media', params['id'], failure('invalidId'))),
    });
  report('', () => ({
    total_known_views: 0,
    total_unknown_views: 3,
    unique_known_views: 0,
    unique_unknown_views: 2,
    total_messages: 0,
    total_from_messages: 0,
    unique_from_messages: 0,
  }));
  report('/messages', () => []);
  report('/views', ({ modifiedMs }) => [
    {
      known: false,
      recipient: 'Northwind Traders',
      campaign: '',
      action: 'downloaded',
      total_count: 2,
      srcid: '',
      cid: '',
      tstamp: toWords(modifiedMs),
    },
  ]);
  report('/timeline', ({ modifiedMs }) => [
    {
      date: new Date(modifiedMs).toLocaleDateString('en-US', { timeZone: 'UTC' }),
      unique: 2,
      total: 3,
      known: 0,
      unknown: 3,
    },
  ]);
}

function describeEntry(data: AccountData, asset: Asset) {
  const kind = asset.targetUrl ? { target_url: asset.targetUrl } : { size: String(asset.size) };
  return {
    creation_time: asset.createdMs,
    ...kind,
    name: asset.name,
    id: asset.id,
    last_modified: String(asset.modifiedMs),
    url: addressOf(data, asset),
  };
}

function describe(data: AccountData, asset: Asset) {
  return {
    id: asset.id,
    name: asset.name,
    url: addressOf(data, asset),
    ...(asset.targetUrl ? { target_url: asset.targetUrl } : {}),
    creation_time: asset.createdMs,
    last_modified: asset.modifiedMs,
  };
}
