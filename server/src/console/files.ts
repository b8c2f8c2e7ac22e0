import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export type Encoding = 'br' | 'gzip' | 'identity';

/** One file as it goes out. */
export interface ServedFile {
  content: Buffer;
  encoding: Encoding;
  type: string;
  etag: string;
  /** Its name has a hash of what it holds, so it never changes. */
  isForever: boolean;
}

export interface Files {
  /** A file by its path below the folder, such as `assets/index-1a2b.js`; undefined when there is none. */
  find(path: string, accepted: string): Promise<ServedFile | undefined>;
  /** The page that every address of the console begins with, or another; undefined before the console was built. */
  findPage(name?: string): Promise<string | undefined>;
}

/** Whatever else lies in the folder is not served. */
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const endings: [encoding: Encoding, ending: string][] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];
const page: string = 'index.html';

interface Build {
  changedMs: number;
  /** Only what is listed can be asked for, so no path leads out of the folder. */
  names: ReadonlySet<string>;
  read: Map<string, Promise<ServedFile>>;
  pages: Map<string, Promise<string>>;
}

/** The files of the built console: listed when the first is asked for, read once, and again after another build. */
export function createFiles(folder: string): Files {
  let build: Build | undefined;

  async function current(): Promise<Build | undefined> {
    if (folder === '') return undefined;
    const changedMs = await stat(join(folder, page)).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (changedMs === undefined) return undefined;
    if (build?.changedMs === changedMs) return build;
    const entries = await readdir(folder, { recursive: true });
    const names = new Set(entries.map((name) => name.split(sep).join('/')));
    build = { changedMs, names, read: new Map(), pages: new Map() };
    return build;
  }

  async function read(name: string, path: string, encoding: Encoding): Promise<ServedFile> {
    const content = await readFile(join(folder, name));
    return {
      content,
      encoding,
      type: types[extname(path)] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
      isForever: path.startsWith('assets/'),
    };
  }

  return {
    async findPage(name = page) {
      const found = await current();
      if (!found?.names.has(name)) return undefined;
      const text = found.pages.get(name) ?? readFile(join(folder, name), 'utf8');
      found.pages.set(name, text);
      return text;
    },

    async find(path, accepted) {
      if (!types[extname(path)]) return undefined;
      const found = build ?? (await current());
      if (!found?.names.has(path)) return undefined;
      const [encoding, ending] = endings.find(
        ([wish, add]) => found.names.has(path + add) && accepts(accepted, wish),
      ) ?? ['identity' as const, ''];
      const name = path + ending;
      const file = found.read.get(name) ?? read(name, path, encoding);
      found.read.set(name, file);
      return file;
    },
  };
}

/** `gzip, br;q=0` refuses br. */
function accepts(accepted: string, encoding: Encoding): boolean {
  return accepted.split(',').some((part) => {
    const [name = '', quality = ''] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/, 2);
    return name === encoding && !/^q=0(\.0*)?$/.test(quality);
  });
}
