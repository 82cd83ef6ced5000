import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The current work of a program. */
export interface LiveLine {
  readonly text: string;
  /** When this work began, in milliseconds since 1970. */
  readonly since: number;
}

/**
 * A directory in which the programs of a run report their current work, for the program that shows it. The report is a convenience:
 * no program fails because the directory cannot be read or written.
 */
export class LiveLines {
  constructor(private readonly directory: string) {}

  /** Replaces the line of a program; undefined removes it. */
  report(program: string, line: LiveLine | undefined): void {
    const file = join(this.directory, `${program}.json`);
    try {
      if (line === undefined) {
        rmSync(file, { force: true });
        return;
      }
      mkdirSync(this.directory, { recursive: true });
      // A reader sees the old line or the new one.
      writeFileSync(`${file}.new`, JSON.stringify(line));
      renameSync(`${file}.new`, file);
    } catch {
      // See above.
    }
  }

  /** The lines of all programs, in the order of their names. */
  read(): readonly LiveLine[] {
    try {
      return readdirSync(this.directory)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => JSON.parse(readFileSync(join(this.directory, name), 'utf8')) as LiveLine);
    } catch {
      // No program has reported yet, or one has just removed its line.
      return [];
    }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
