import { spawn } from 'node:child_process';
import type { LocalCloud } from '@nightshift/local-cloud';
import type { Report } from '@nightshift/policy';
import type { Check, ReleaseDue, ReleaseRecord } from '@nightshift/release';
import { createColors } from 'picocolors';
import type {
  Effects,
  Installation,
  Output,
  ProcessVariables,
  StopSignal,
  Synthesis,
  TerraformHandoff,
  TerraformRunner,
  TerraformRuns,
} from '../effects';
import { FakeTerraform } from './fake-terraform';

const installation: Installation = {
  binary: { path: 'terraform', version: '1.11.4', product: 'terraform' },
  env: { PATH: '/bin' },
  notices: [],
};

/** A world for a verb to act in: what it prints is kept, the clock moves by hand, Terraform and the local cloud are played. */
export class FakeEffects implements Effects {
  readonly printed = { stdout: '', stderr: '' };
  exitCode: number | undefined;
  env: Record<string, string | undefined> = {};
  envFiles: ProcessVariables['envFiles'] = {};
  cwd = '/';
  root = '/';
  watched = false;
  interactive = false;
  colours = createColors(false);
  columns = 80;
  rows = 24;
  /** What is typed when a question is asked. */
  answer = '';
  readonly questions: string[] = [];
  readonly installed = { env: undefined as ProcessVariables['env'] | undefined, notices: [] as string[] };
  readonly played = new FakeTerraform();
  readonly synthesized: { readonly name: string; readonly suffix: string; readonly directory: string }[] = [];
  readonly spawn = spawn;
  readonly readableTrace = (trace: string): string => trace.replaceAll('bundle.cjs', 'source.ts');
  /** Directories of `synthesized` that were written whatever the rules say. */
  readonly unchecked: string[] = [];
  /** What the rules say of anything. */
  report: Report = { violations: [], waived: [], ruleResults: [], notChecked: [], passed: true };
  private milliseconds = 0;
  private readonly tickers = new Set<{ readonly every: number; next: number; readonly tick: () => void }>();
  private readonly keyListeners = new Set<(key: string) => void>();
  private readonly listeners = new Set<(signal: StopSignal) => void>();

  get stdout(): Output {
    return this.output('stdout');
  }

  get stderr(): Output {
    return this.output('stderr');
  }

  readonly ask = (question: string): Promise<string> => {
    this.questions.push(question);
    return Promise.resolve(this.answer);
  };

  readonly onKey = (listener: (key: string) => void): (() => void) => {
    this.keyListeners.add(listener);
    return () => this.keyListeners.delete(listener);
  };

  readonly now = (): Date => new Date(Date.UTC(2025, 0, 1) + this.milliseconds);
  readonly monotonic = (): number => this.milliseconds;
  readonly newId = (): string => 'fresh-id';

  readonly every = (milliseconds: number, tick: () => void): (() => void) => {
    const ticker = { every: milliseconds, next: this.milliseconds + milliseconds, tick };
    this.tickers.add(ticker);
    return () => this.tickers.delete(ticker);
  };

  readonly onSignal = (listener: (signal: StopSignal) => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly exitWith = (code: number): void => {
    this.exitCode = code;
  };

  readonly synthesize: Synthesis['synthesize'] = ({ name, suffix }, directory) => {
    this.advance(240);
    this.synthesized.push({ name, suffix, directory });
    return Promise.resolve(this.report);
  };

  synthesizeUnchecked: Synthesis['synthesizeUnchecked'] = ({ name, suffix }, directory) => {
    this.unchecked.push(directory);
    this.synthesized.push({ name, suffix, directory });
    return Promise.resolve();
  };

  synthesizedStacks: Synthesis['synthesizedStacks'] = () => Promise.resolve({});

  /** What AWS says of releases. */
  pendingChanges: ReleaseDue | Error = { runs: true, definition: [], service: [] };
  ports: readonly number[] | Error = [];
  quotas: readonly Check[] | Error = [];
  revisions: readonly string[] | Error = [];
  /** The release that ended while nobody watched it. */
  endedRelease: ReleaseRecord | Error | undefined;
  readonly releases: TerraformHandoff['releases'] = {
    pendingChanges: () => answered(this.pendingChanges),
    portsInUse: () => answered(this.ports),
    accountChecks: () => answered(this.quotas),
    finishEnded: () => answered(this.endedRelease),
    deregister: () => answered(this.revisions),
  };

  checkPolicy: Synthesis['checkPolicy'] = () => Promise.resolve(this.report);

  readonly localCloud = (): Promise<LocalCloud> =>
    Promise.resolve({
      childEnvironment: ({ region }: { region?: string }) =>
        Promise.resolve({ AWS_ENDPOINT_URL: 'http://127.0.0.1:45660', AWS_REGION: region }),
      use: <T>(_doing: string, action: () => Promise<T>) => action(),
    } as unknown as LocalCloud);

  installation: TerraformRunner['installation'] = (env) => {
    this.installed.env = env;
    return Promise.resolve({ ...installation, notices: this.installed.notices });
  };

  readonly terraform: TerraformRunner['terraform'] = (options): Promise<TerraformRuns> => {
    this.played.options = options;
    return Promise.resolve(this.played);
  };

  /** Lets time pass; what is due happens. */
  advance(milliseconds: number): void {
    const end = this.milliseconds + milliseconds;
    for (const ticker of this.tickers) {
      for (; ticker.next <= end; ticker.next += ticker.every) {
        this.milliseconds = ticker.next;
        ticker.tick();
      }
    }
    this.milliseconds = end;
  }

  signal(signal: StopSignal = 'SIGINT'): void {
    for (const listener of this.listeners) listener(signal);
  }

  press(key: string): void {
    for (const listener of this.keyListeners) listener(key);
  }

  /** Signals, keys and ticks that still have a listener. */
  get listening(): number {
    return this.listeners.size + this.keyListeners.size + this.tickers.size;
  }

  private output(stream: 'stdout' | 'stderr'): Output {
    const width = () => this.columns;
    const height = () => this.rows;
    return {
      write: (text) => {
        this.printed[stream] += text;
      },
      isTerminal: this.watched,
      get columns() {
        return width();
      },
      get rows() {
        return height();
      },
      colours: this.colours,
    };
  }
}

function answered<T>(answer: T | Error): Promise<T> {
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
}
