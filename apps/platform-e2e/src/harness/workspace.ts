import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

export interface RunOptions {
  /** Added to the caller's variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Sends a signal once the output matches: to the whole process group, as Ctrl-C in a terminal; SIGTERM only to the command. */
  readonly interruptWhen?: RegExp;
  /** From the match to the signal. @default - 0 */
  readonly delaySeconds?: number;
  /** @default - SIGINT */
  readonly signal?: 'SIGINT' | 'SIGKILL' | 'SIGTERM';
  /** @default - 300 */
  readonly timeoutSeconds?: number;
}

/** The result of a command. */
export interface Run {
  readonly exitCode: number | undefined;
  /** Standard output and standard error in order, without colours. */
  readonly output: string;
  readonly stdout: string;
  readonly seconds: number;
}

/** Variables of the test run, which are removed. */
const FOREIGN = /^(NX_|npm_|JEST_|NIGHTSHIFT_|AWS_|ENVIRONMENT_SUFFIX$|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$|GITHUB_)/;

/** A copy of the checkout in a temporary directory, as from `git clone`, with uncommitted changes. */
export class Workspace {
  private constructor(readonly directory: string) {}

  static async create(checkout: string): Promise<Workspace> {
    const directory = await mkdtemp(join(tmpdir(), 'nightshift-e2e-'));
    const { stdout } = await execa('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: checkout,
    });
    for (const file of stdout.split('\0').filter((name) => name !== '')) {
      await mkdir(join(directory, dirname(file)), { recursive: true });
      // Skips tracked files that are deleted.
      await copyFile(join(checkout, file), join(directory, file)).catch(ignoreMissing);
    }
    return new Workspace(directory);
  }

  /** Runs a command line such as `npx nx run-many -t deploy -c local`. Never rejects because it failed. */
  async run(
    command: string,
    { env = {}, interruptWhen, delaySeconds = 0, signal = 'SIGINT', timeoutSeconds = 300 }: RunOptions = {},
  ): Promise<Run> {
    const [file = '', ...args] = command.split(' ');
    const started = performance.now();
    const child = execa(file, args, {
      cwd: this.directory,
      env: { ...own(process.env), ...env },
      extendEnv: false,
      reject: false,
      all: true,
      stdin: 'ignore',
      // Its own process group, to send it Ctrl-C.
      detached: true,
      timeout: timeoutSeconds * 1000,
    });
    if (interruptWhen) {
      let seen = '';
      child.all.on('data', function interrupt(chunk: Buffer) {
        seen += chunk.toString();
        if (!interruptWhen.test(seen)) return;
        child.all.off('data', interrupt);
        setTimeout(() => {
          if (child.exitCode === null)
            process.kill(signal === 'SIGTERM' ? Number(child.pid) : -Number(child.pid), signal);
        }, delaySeconds * 1000);
      });
    }
    const { exitCode, all, stdout } = await child;
    return { exitCode, output: all, stdout, seconds: (performance.now() - started) / 1000 };
  }

  /** The names of all stacks: each is an app with a file `<name>-stack.ts`. */
  async stacks(): Promise<readonly string[]> {
    const apps = join(this.directory, 'apps');
    return (await readdir(apps)).filter((name) => existsSync(join(apps, name, 'src', `${name}-stack.ts`)));
  }

  /** Writes a file, such as an environment, into the copy. */
  async write(path: string, text: string): Promise<void> {
    await writeFile(join(this.directory, path), text);
  }

  async read(path: string): Promise<string> {
    return await readFile(join(this.directory, path), 'utf8');
  }

  async edit(path: string, change: (text: string) => string): Promise<void> {
    await this.write(path, change(await this.read(path)));
  }

  async delete(path: string): Promise<void> {
    await rm(join(this.directory, path));
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

function own(environment: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !FOREIGN.test(name)));
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
