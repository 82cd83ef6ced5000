import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServedBy, serveCommands } from './command-server';
import type { Effects } from './effects';
import { processEffects } from './process-effects';

const root = join(__dirname, '../../..');
const sources = { readableTrace: (trace: string) => trace, loadPlatform: () => import('@nightshift/platform') };

describe('the command server', () => {
  let owner: ChildProcess;
  let socket: string;
  const clients: net.Socket[] = [];
  let resources: string[] = [];
  let ended = Promise.resolve();

  beforeEach(() => {
    owner = spawn('sleep', ['600']);
    socket = join(mkdtempSync(join(tmpdir(), 'server-')), 'commands');
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    owner.kill();
    await ended;
  });

  const setUp = async (main: ServedBy['main']) => {
    const process = Object.assign(new EventEmitter(), {
      env: { HOME: '/home/me' },
      pid: 42,
      cwd: () => root,
      getActiveResourcesInfo: () => resources,
    });
    ended = serveCommands(
      { socket, owner: Number(owner.pid) },
      {
        process: process as unknown as NodeJS.Process,
        effectsOf: (command) => processEffects(command, sources),
        main,
      },
    );
    await new Promise(setImmediate);
    return process;
  };

  interface Request {
    readonly argv?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    /** Whether a stop signal follows at once. */
    readonly stopped?: boolean;
  }

  const connect = ({ argv = ['plan'], env = { HOME: '/home/me' }, cwd = root, stopped = false }: Request = {}) => {
    const client = net.connect(socket);
    clients.push(client);
    client.write(`${JSON.stringify({ argv, env, cwd })}\n${stopped ? '\n' : ''}`);
    const lines = createInterface({ input: client })[Symbol.asyncIterator]();
    const next = async () => JSON.parse(String((await lines.next()).value)) as unknown;
    return { client, next };
  };

  /** Waits for a stop signal. */
  const untilStopped = (effects: Effects) =>
    new Promise<void>((resolve) =>
      effects.onSignal(() => {
        resolve();
      }),
    );

  it('runs commands with their arguments and variables, and sends their output and exit code', async () => {
    const process = await setUp((argv, { env, cwd, stdout, stderr, exitWith }) => {
      stdout.write(`${argv.join(' ')} for ${String(env['HOME'])}, ${String(env['NX_TASK_TARGET_PROJECT'])}\n`);
      stderr.write(`${String(stdout.columns)} columns in ${cwd}\n`);
      if (argv.includes('network')) exitWith(2);
      return Promise.resolve();
    });
    const first = connect({ argv: ['plan', 'network'], env: { HOME: '/home/me', NX_TASK_TARGET_PROJECT: 'network' } });
    expect(await first.next()).toEqual({ stdout: 'plan network for /home/me, network\n' });
    expect(await first.next()).toEqual({ stderr: `80 columns in ${root}\n` });
    expect(await first.next()).toEqual({ exitCode: 2 });
    expect(process.env).toMatchObject({ HOME: '/home/me' });
    const second = connect({ argv: ['plan', 'compute'], env: { HOME: '/home/me', NX_TASK_TARGET_PROJECT: 'compute' } });
    expect(await second.next()).toEqual({ stdout: 'plan compute for /home/me, compute\n' });
    await second.next();
    expect(await second.next()).toEqual({ exitCode: 0 });
  });

  it.each<[string, Request]>([
    ['other variables', { env: { HOME: '/home/me', AWS_PROFILE: 'other' } }],
    ['another directory', { cwd: '/elsewhere' }],
  ])('refuses a command with %s: it needs its own process', async (_, request) => {
    await setUp(() => Promise.resolve());
    expect(await connect().next()).toEqual({ exitCode: 0 });
    expect(await connect(request).next()).toEqual({ refused: true });
  });

  it('refuses a command with variables of Node.js that the server was not started with', async () => {
    await setUp(() => Promise.resolve());
    expect(await connect({ env: { NODE_EXTRA_CA_CERTS: '/ca.pem' } }).next()).toEqual({ refused: true });
  });

  it('stops one command without the others', async () => {
    await setUp(async (argv, effects) => {
      const stopped = untilStopped(effects);
      effects.stdout.write('listens');
      await stopped;
      effects.stdout.write(`${argv.join(' ')} stopped`);
    });
    const [first, second] = [connect({ argv: ['first'] }), connect({ argv: ['second'] })];
    await Promise.all([first.next(), second.next()]);
    first.client.write('\n');
    expect(await first.next()).toEqual({ stdout: 'first stopped' });
    expect(await first.next()).toEqual({ exitCode: 0 });
    second.client.write('\n');
    expect(await second.next()).toEqual({ stdout: 'second stopped' });
  });

  it('keeps a stop signal for a command that does not listen yet', async () => {
    await setUp(async (_, effects) => {
      await Promise.resolve();
      await untilStopped(effects);
      effects.exitWith(1);
    });
    expect(await connect({ stopped: true }).next()).toEqual({ exitCode: 1 });
  });

  it('ends a stopped command that never listens as an interrupted one', async () => {
    await setUp(() => Promise.resolve());
    expect(await connect({ stopped: true }).next()).toEqual({ exitCode: 130 });
  });

  it('continues a command whose client was killed, and ends after it and after Nx', async () => {
    const createServer = jest.spyOn(net, 'createServer');
    const steps = new EventEmitter();
    await setUp(async (_, { stdout }) => {
      stdout.write('started');
      await once(steps, 'end');
      stdout.write('to nobody');
    });
    const server = createServer.mock.results[0]?.value as net.Server;
    const connecting = once(server, 'connection');
    const { client, next } = connect();
    const [connection] = await connecting;
    await next();
    (connection as net.Socket).destroy(new Error('read ECONNRESET'));
    await once(client, 'close');
    owner.kill();
    await once(owner, 'exit');
    expect(existsSync(socket)).toBe(true);
    steps.emit('end');
    await ended;
    expect(existsSync(dirname(socket))).toBe(false);
  });

  it('ends all commands with the exit code of a defect after an uncaught error', async () => {
    const steps = new EventEmitter();
    const process = await setUp(async (_, { stdout }) => {
      stdout.write('started');
      await once(steps, 'end');
    });
    const both = [connect(), connect()];
    await Promise.all(both.map(({ next }) => next()));
    process.emit('uncaughtException', Object.assign(new Error('broken'), { stack: 'Error: broken' }));
    for (const { next } of both) {
      expect(await next()).toEqual({
        stderr: 'defect nightshift: internal error - please report these lines\nError: broken\n',
      });
      expect(await next()).toEqual({ exitCode: 70 });
    }
    steps.emit('end');
  });

  it('does not end before the processes that its commands have started', async () => {
    resources = ['ProcessWrap', 'PipeWrap'];
    await setUp(() => Promise.resolve());
    owner.kill();
    await once(owner, 'exit');
    // More than one round of its polling.
    await sleep(500);
    expect(await connect().next()).toEqual({ exitCode: 0 });
    resources = ['PipeWrap'];
    await ended;
    expect(existsSync(socket)).toBe(false);
  });
});
