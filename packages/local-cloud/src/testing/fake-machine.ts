import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Machine, ProgramRequest, ProgramResult, Question, ServerRequest } from '../machine';
import type { Python } from '../find-python';
import { LocalCloud } from '../local-cloud';
import type { LocalEnvironment } from '../server-health';

const FIRST_PID = 1000;
export const FREE_PORT = 50123;
export const STARTED_AT = '2026-01-02T03:04:05.006Z';

interface Listener {
  readonly pid: number;
  readonly answer: unknown;
}

/** A fake machine with programs, processes and ports, whose time passes only during `sleep`. */
export class FakeMachine {
  /** By the name that is run, such as `python3`. */
  readonly pythons = new Map<string, Python>();
  readonly requests: ProgramRequest[] = [];
  readonly servers: ServerRequest[] = [];
  readonly listeners = new Map<number, Listener>();
  readonly portProblems = new Map<number, string>();
  readonly alive = new Set<number>([FIRST_PID]);
  readonly terminated: number[] = [];
  readonly asked: ({ readonly url: string } & Question)[] = [];
  /** The results of pip and venv. */
  installation: (request: ProgramRequest) => ProgramResult = () => ({ exitCode: 0, output: '' });
  /** The behaviour of a started server. */
  behaviour: 'serves' | 'ends' | 'hangs' = 'serves';
  /** A process that ignores SIGTERM. */
  deaf = false;
  /** Called at each sleep, before time passes. */
  onSleep: () => void | Promise<void> = () => undefined;
  time = 0;
  /** The environments on the local clouds. */
  environments: LocalEnvironment[] = [];

  constructor() {
    this.pythons.set('python3', { executable: '/usr/bin/python3', version: '3.11.7', complete: true });
  }

  readonly machine: Machine = {
    pid: FIRST_PID,
    run: (request) => this.run(request),
    start: (request) => this.start(request),
    ask: (url, question) => {
      this.asked.push({ url, ...question });
      const content = this.listeners.get(Number(new URL(url).port))?.answer;
      return Promise.resolve(content === undefined ? undefined : { status: 200, content });
    },
    portProblem: (port) => Promise.resolve(this.portProblems.get(port)),
    freePort: () => Promise.resolve(FREE_PORT),
    isAlive: (pid) => this.alive.has(pid),
    terminate: (pid) => {
      this.terminated.push(pid);
      if (!this.deaf) this.end(pid);
    },
    now: () => this.time,
    sleep: async (milliseconds) => {
      await this.onSleep();
      this.time += milliseconds;
    },
  };

  /** A process ends, and frees its port. */
  end(pid: number): void {
    this.alive.delete(pid);
    for (const [port, listener] of this.listeners) if (listener.pid === pid) this.listeners.delete(port);
  }

  /** A local cloud that some other `up` started. */
  serve(port: number, pid: number, fingerprint = 'other', timeScale = 60): void {
    this.alive.add(pid);
    this.listeners.set(port, {
      pid,
      answer: {
        name: 'nightshift-local-cloud',
        pid,
        fingerprint,
        startedAt: STARTED_AT,
        timeScale,
        environments: this.environments,
      },
    });
  }

  private async run(request: ProgramRequest): Promise<ProgramResult> {
    this.requests.push(request);
    if (!request.args.includes('-c')) {
      const made = request.args[1] === 'venv' ? (request.args[2] as string) : undefined;
      if (made !== undefined) await mkdir(made, { recursive: true });
      return this.installation(request);
    }
    const python = this.pythons.get([request.file, ...request.args.slice(0, -2)].join(' '));
    return python ? { exitCode: 0, output: JSON.stringify(python) } : { exitCode: undefined, output: 'ENOENT' };
  }

  private async start(request: ServerRequest): Promise<number> {
    this.servers.push(request);
    const pid = FIRST_PID + this.servers.length;
    await mkdir(dirname(request.logFile), { recursive: true });
    await writeFile(request.logFile, '');
    if (this.behaviour !== 'ends') this.alive.add(pid);
    if (this.behaviour === 'serves') {
      const timeScale = Number(request.env['NIGHTSHIFT_TIME_SCALE'] ?? 60);
      this.serve(Number(request.args[3]), pid, request.args[5] as string, timeScale);
    }
    return pid;
  }
}

/** Makes the Python folder of a workspace, with one module. */
export async function makeWorkspace(root: string): Promise<void> {
  const code = join(root, 'packages', 'local-cloud', 'python', 'nightshift_cloud');
  await mkdir(code, { recursive: true });
  await writeFile(join(code, 'server.py'), 'one');
  await writeFile(join(dirname(code), 'requirements.txt'), 'moto==5.2.5\n');
}

export type CloudOnFakeMachine = Awaited<ReturnType<typeof cloudOnFakeMachine>>;

/** A local cloud of a new workspace, and the messages of its progress. */
export async function cloudOnFakeMachine(root: string) {
  await makeWorkspace(root);
  const fake = new FakeMachine();
  const messages: string[] = [];
  const make = (env = {}) => new LocalCloud({ root, env, machine: fake.machine, platform: 'linux' });
  return {
    fake,
    messages,
    onProgress: (message: string) => void messages.push(message),
    make,
    cloud: make(),
    /** A path below the folder of the local cloud. */
    local: (...names: string[]) => join(root, '.nightshift', 'local', ...names),
  };
}
