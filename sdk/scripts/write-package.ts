import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Makes a built folder of a workspace a package: its `package.json`, with what the workspace and the project say, its README and the licence.
 *
 * @param root folder of the workspace, with a slash at its end.
 * @param more what the package says besides.
 */
export function writePackage(
  root: string,
  folder: string,
  more: { description: string; [field: string]: unknown },
): void {
  const read = (file: string) => JSON.parse(readFileSync(root + file, 'utf8')) as Record<string, unknown>;
  const { name, version, type } = read('package.json');
  const { license, engines } = read('../package.json');
  const { description, ...others } = more;
  const own = { name, version, description, license, type, engines, ...others };
  writeFileSync(`${folder}package.json`, `${JSON.stringify(own, null, 2)}\n`);
  for (const file of ['README.md', '../LICENSE']) copyFileSync(root + file, folder + file.replace('../', ''));
}
