// For the tests of the scripts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A temporary workspace that a script works on; removed when the tests end.
 * @param script its file name in this folder
 * @param files contents by path
 */
export function scriptWorkspace(script, files = {}) {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'script-workspace-'));
  process.once('exit', () => rmSync(root, { recursive: true }));
  const write = (contents) => {
    for (const [path, text] of Object.entries(contents)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write(files);
  return {
    root,
    write,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    /** Both outputs by line, without empty lines. */
    run(...args) {
      const file = fileURLToPath(new URL(script, import.meta.url));
      const { status, stdout, stderr } = spawnSync(process.execPath, [file, root, ...args], { encoding: 'utf8' });
      const lines = (text) => text.split('\n').filter((line) => line !== '');
      return { status, stdout: lines(stdout), stderr: lines(stderr) };
    },
  };
}
