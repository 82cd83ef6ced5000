import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree';

const root = join(__dirname, '../../../..');

/** The files of this repository for a generator. Changes stay in memory. */
export class GeneratorRun {
  readonly tree = new FsTree(root, false);
  readonly printed: string[] = [];

  constructor() {
    jest.spyOn(logger, 'info').mockImplementation((text: string) => this.printed.push(text));
  }

  /** The lines that the generator adds to each file, and the new files. After a removed line all lines count as added. */
  changes() {
    const created: string[] = [];
    const added: Record<string, string[]> = {};
    for (const { type, path, content } of this.tree.listChanges()) {
      if (type === 'CREATE') created.push(path);
      else added[path] = addedLines(readFileSync(join(root, path), 'utf8'), String(content));
    }
    return { created: created.sort(), added };
  }

  text(path: string): string {
    return String(this.tree.read(path, 'utf8'));
  }
}

function addedLines(before: string, after: string): string[] {
  const rest = before.split('\n');
  return after.split('\n').filter((line) => {
    if (line !== rest[0]) return true;
    rest.shift();
    return false;
  });
}
