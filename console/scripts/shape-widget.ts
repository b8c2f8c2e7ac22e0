import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

/** Makes of one source both faces of the widget: a script that leaves one name in a customer's page, and a module. */
export function shapeWidget(): Plugin {
  let folder = '';
  return {
    name: 'shape-widget',
    apply: 'build',
    configResolved: (config) => void (folder = config.root),
    async generateBundle(_options, bundle) {
      const script = bundle['widget.js'];
      if (script?.type !== 'chunk' || script.imports.length > 0 || script.exports.length > 0)
        this.error('The widget must be one script that imports and exports nothing');
      script.code = `(()=>{${script.code}})();\n`;
      const file = join(folder, 'src/widget/connect.ts');
      const { code } = await transformWithOxc(await readFile(file, 'utf8'), file);
      this.emitFile({ type: 'asset', fileName: 'widget-module.js', source: code });
    },
  };
}
