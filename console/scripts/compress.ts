import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);
/** Below this a reply is one packet either way. */
const leastBytes = 1024;

/** Writes each file once more as `.br` and `.gz`, so that the server compresses nothing. */
export function compressFiles(): Plugin {
  let folder = '';
  return {
    name: 'compress-files',
    apply: 'build',
    configResolved: (config) => void (folder = join(config.root, config.build.outDir)),
    async closeBundle() {
      const names = await readdir(folder, { recursive: true });
      await Promise.all(names.filter((name) => /\.(js|css|svg)$/.test(name)).map(compress));
    },
  };

  async function compress(name: string): Promise<void> {
    const content = await readFile(join(folder, name));
    if (content.length < leastBytes) return;
    const quality = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    await writeFile(join(folder, `${name}.br`), await toBrotli(content, { params: quality }));
    await writeFile(join(folder, `${name}.gz`), await toGzip(content, { level: 9 }));
  }
}
