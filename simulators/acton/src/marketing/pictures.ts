import { Failure, failure } from '../failure.ts';
import type { AccountData, Asset } from '../model.ts';
import { envelope } from '../paging.ts';
import { nextNumber, textsOf } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';
import { addAsset, addressOf, byFolder, findAsset, newFileId, readFile, removeAsset } from './asset-store.ts';

/** Logos and images. */
export function mountPictures(surface: Surface): void {
  mountLogos(surface);
  mountImages(surface);
}

const logoFields = ['name', 'alttext', 'tooltip', 'targeturl'];

function mountLogos(surface: Surface): void {
  surface('GET', '/api/1/logo', {
    handle: ({ data }) =>
      envelope(
        data.logos.map((logo) => describeLogo(data, logo)),
        {},
      ),
  });
  surface('GET', '/api/1/logo/:id', {
    handle: ({ data, params }) => describeLogo(data, findAsset(data, 'logos', params['id'])),
  });
  surface('POST', '/api/1/logo', {
    body: ['multipart'],
    handle: (call) => {
      const texts = textsOf(call, [...logoFields, 'imagelink']);
      if (!texts['name']) throw new Failure(422, 10121, 'Missing parameter - name');
      const { size } = texts['imagelink'] ? { size: 0 } : readFile(call, 'logos', failure('invalidFileType'));
      const id = `i-${nextNumber(call.data)}`;
      addAsset(call, 'logos', id, { ...readLogo(texts), size });
      return { status: 'success', message: 'The logo has been uploaded', id };
    },
  });
  surface('PUT', '/api/1/logo/:id', {
    body: ['form', 'json', 'multipart'],
    handle: (call) => {
      const logo = findAsset(call.data, 'logos', call.params['id'], failure('invalidId'));
      Object.assign(logo, readLogo(textsOf(call, logoFields)), { modifiedMs: call.nowMs });
      return { status: 'success', message: 'The logo has been updated', id: logo.id };
    },
  });
  surface('DELETE', '/api/1/logo/:id', {
    handle: ({ data, params: { id } }) => {
      removeAsset(data, 'logos', id);
      return { status: 'success', message: `Logo ${id} has been deleted` };
    },
  });
}

function readLogo(texts: Record<string, string>): Partial<Asset> {
  const read: Partial<Asset> = {};
  if (texts['name'] !== undefined) read.name = texts['name'];
  if (texts['alttext'] !== undefined) read.altText = texts['alttext'];
  if (texts['tooltip'] !== undefined) read.toolTip = texts['tooltip'];
  if (texts['targeturl'] !== undefined) read.targetUrl = texts['targeturl'];
  return read;
}

function describeLogo(data: AccountData, logo: Asset) {
  return {
    url_str: addressOf(data, logo),
    url_str_ts: `${addressOf(data, logo)}?ts=${logo.modifiedMs}`,
    alt_txt: logo.altText,
    tool_tip: logo.toolTip,
    target_url: logo.targetUrl,
    id: logo.id,
    title: logo.name,
  };
}

function mountImages(surface: Surface): void {
  const save = (call: Call, image: Partial<Asset>, id = newFileId()) => {
    const known = call.data.images.find((one) => one.id === id);
    if (known) Object.assign(known, image, { modifiedMs: call.nowMs });
    else addAsset(call, 'images', id, image);
    return { status: 'success', message: 'The file has been uploaded', id };
  };
  surface('GET', '/api/1/image', {
    handle: ({ data }) => byFolder(data.images, (image) => describeEntry(data, image)),
  });
  surface('GET', '/api/1/image/:id', {
    handle: ({ data, params }) => describeImage(data, findAsset(data, 'images', params['id'])),
  });
  surface('POST', '/api/1/image', {
    body: ['multipart'],
    handle: (call) => {
      const texts = textsOf(call, ['name', 'foldername']);
      const file = readFile(call, 'images', failure('invalidFileType'));
      const folderName = texts['foldername'] || 'Default Folder';
      return save(call, { ...file, name: texts['name'] || file.name, folderName });
    },
  });
  surface('PUT', '/api/1/image/:id', {
    body: ['multipart'],
    handle: (call) => {
      const { id } = findAsset(call.data, 'images', call.params['id']);
      const texts = textsOf(call, ['foldername', 'ignorefolder']);
      const folder = texts['foldername'] ? { folderName: texts['foldername'] } : {};
      return save(call, { ...readFile(call, 'images', failure('invalidFileType')), ...folder }, id);
    },
  });
  surface('DELETE', '/api/1/image/:id', {
    handle: ({ data, params }) => {
      removeAsset(data, 'images', params['id']);
      return { status: 'success', message: 'File deleted' };
    },
  });
}

function describeEntry(data: AccountData, image: Asset) {
  return {
    creation_time: String(image.createdMs),
    size: image.size,
    thumb: `${addressOf(data, image)}?thumb=1`,
    name: image.name,
    width: '2500',
    id: image.id,
    last_modified: String(image.modifiedMs),
    url: addressOf(data, image),
    height: '2500',
  };
}

function describeImage(data: AccountData, image: Asset) {
  return {
    id: image.id,
    image_url: addressOf(data, image),
    thumb_url: `${addressOf(data, image)}?thumb=1`,
    size: image.size,
    last_modified: image.modifiedMs,
    creation_time: image.createdMs,
    display_name: image.name,
    folder_name: image.folderName,
    version: 0,
  };
}
