import { createServer, type AddressInfo } from 'node:net';
import { inProcessThread } from '../threads/in-process-thread.fixture';
import { until, type LogLine } from '../http/service.fixture';
import { runService, type Host } from './run-service';

type Listener<T> = (value: T) => void;
type Line = LogLine & { readonly port?: number };

/** Starts the service as a process would, and stops it as a signal would. */
function start(env: Readonly<Record<string, string>>, startThread: Host['startThread'] = inProcessThread) {
  const lines: Line[] = [];
  const listeners: { stop: Listener<string>; defect: Listener<unknown> } = {
    stop: () => undefined,
    defect: () => undefined,
  };
  const exitCode = runService({
    env: { HOST: '127.0.0.1', PORT: '0', ACCEPT_SECONDS: '0', LINGER_SECONDS: '0', ...env },
    processors: 2,
    startThread,
    newJobId: () => 'job-1',
    write: (line) => lines.push(JSON.parse(line) as Line),
    now: () => 0,
    elapsed: () => performance.now(),
    onStop: (listener) => {
      listeners.stop = listener;
    },
    onDefect: (listener) => {
      listeners.defect = listener;
    },
  });
  const listening = async () => {
    await until(() => lines.length > 0);
    return `http://127.0.0.1:${lines[0]?.port}`;
  };
  return { lines, exitCode, listeners, listening };
}

const without = ({ time, ...line }: Record<string, unknown>) => ({ ...line, hasTime: typeof time === 'string' });

describe('the service', () => {
  it.each(['SIGTERM', 'SIGINT'])('runs until %s, drains, and exits with 0', async (signal) => {
    const { lines, exitCode, listeners, listening } = start({ VERSION: 'v1' });
    const url = await listening();
    expect((await fetch(`${url}/health`)).status).toBe(200);
    listeners.stop(signal);
    expect(await exitCode).toBe(0);
    const port = Number(new URL(url).port);
    expect(lines.map((line) => without({ ...line }))).toEqual([
      { level: 'info', message: 'listening', address: '127.0.0.1', port, version: 'v1', threads: 2, hasTime: true },
      { level: 'info', message: 'stop requested', signal, hasTime: true },
      { level: 'info', message: 'draining', runningJobs: 0, uploads: 0, hasTime: true },
      { level: 'info', message: 'stopped', uptimeSeconds: expect.any(Number) as number, hasTime: true },
    ]);
  });

  it('ignores a second signal', async () => {
    const { lines, exitCode, listeners, listening } = start({});
    await listening();
    listeners.stop('SIGINT');
    listeners.stop('SIGTERM');
    expect(await exitCode).toBe(0);
    expect(lines.filter(({ message }) => message === 'stop requested')).toHaveLength(1);
  });

  it('handles a signal that arrives before it listens', async () => {
    const { exitCode, listeners, lines } = start({});
    listeners.stop('SIGTERM');
    expect(await exitCode).toBe(0);
    expect(lines.map(({ message }) => message)).toEqual(['listening', 'stop requested', 'draining', 'stopped']);
  });

  it('reads the number of threads and the log level from the environment', async () => {
    const { exitCode, listeners, listening, lines } = start({ THREADS: '1', LOG_LEVEL: 'debug' });
    await listening();
    expect(lines[0]).toMatchObject({ message: 'listening', threads: 1 });
    listeners.stop('SIGTERM');
    expect(await exitCode).toBe(0);
    const quiet = start({ LOG_LEVEL: 'error' });
    quiet.listeners.stop('SIGTERM');
    expect(await quiet.exitCode).toBe(0);
    expect(quiet.lines).toEqual([]);
  });

  it('exits with 1 if it abandoned jobs', async () => {
    const neverDone = () => {
      const thread = inProcessThread();
      let jobs = 0;
      // The self-test passes; after that nothing is ever answered.
      return Object.assign(Object.create(thread) as typeof thread, {
        postMessage: (body: Uint8Array) => {
          jobs += 1;
          if (jobs === 1) thread.postMessage(body, []);
        },
      });
    };
    const { exitCode, listeners, listening, lines } = start({ DRAIN_SECONDS: '0' }, neverDone);
    const url = await listening();
    const headers = { 'Content-Type': 'application/json' };
    const job = fetch(`${url}/jobs`, { method: 'POST', headers, body: '{}' }).catch((error: unknown) => error);
    const running = async () => ((await (await fetch(`${url}/health`)).json()) as { runningJobs: number }).runningJobs;
    while ((await running()) === 0);
    listeners.stop('SIGTERM');
    expect(await exitCode).toBe(1);
    expect(await job).toMatchObject({ name: 'TypeError' });
    expect(lines).toContainEqual(expect.objectContaining({ message: 'jobs abandoned', abandonedJobs: 1 }));
  });

  it('does not start with an invalid configuration, and reports all problems in one line', async () => {
    const { lines, exitCode } = start({ PORT: 'http', LOG_LEVEL: 'loud' });
    expect(await exitCode).toBe(1);
    expect(lines.map((line) => without({ ...line }))).toEqual([
      {
        level: 'error',
        message: 'cannot start',
        problems: [
          'PORT: is not a whole number from 0 to 65535, got "http" - use one in this range',
          'LOG_LEVEL: is not a level, got "loud" - use debug, info, warn, error',
        ],
        hasTime: true,
      },
    ]);
  });

  it('does not start if the self-test fails', async () => {
    const wrong = () => {
      const thread = inProcessThread();
      return Object.assign(thread, {
        postMessage: () => {
          const emitter = thread as unknown as NodeJS.EventEmitter;
          setImmediate(() => emitter.emit('message', { status: 200, body: '{}' }));
        },
      });
    };
    const { lines, exitCode } = start({}, wrong);
    expect(await exitCode).toBe(1);
    expect(lines).toMatchObject([
      {
        message: 'cannot start',
        problems: [
          'self-test (src/threads/self-test.ts): the calculation must answer {"valueAtRisk":-100,"expectedShortfall":750,"confidence":0.5,"horizonDays":4,"scenarios":4,"worstScenario":{"date":"2024-01-03","loss":400}}, got {} - correct the calculation, or the answer that the self-test expects',
        ],
      },
    ]);
  });

  it('does not start if a thread ends', async () => {
    const dying = () => {
      const thread = inProcessThread();
      return Object.assign(thread, {
        postMessage: () => {
          const emitter = thread as unknown as NodeJS.EventEmitter;
          setImmediate(() => emitter.emit('error', new Error('out of memory')));
          setImmediate(() => emitter.emit('exit', 1));
        },
      });
    };
    const { lines, exitCode } = start({}, dying);
    expect(await exitCode).toBe(1);
    expect(lines).toMatchObject([{ message: 'cannot start', problems: ['Error: out of memory'] }]);
  });

  it('does not start if the port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { lines, exitCode } = start({ PORT: String(port) });
    expect(await exitCode).toBe(1);
    expect(lines).toMatchObject([
      {
        problems: [
          `PORT: cannot be listened on (EADDRINUSE), got 127.0.0.1:${port} - stop the process that uses it, or use another one`,
        ],
      },
    ]);
    other.close();
  });

  it('logs a defect in one line before it exits', async () => {
    const { lines, exitCode, listeners } = start({ LOG_LEVEL: 'error' });
    const error = new TypeError('x is not a function');
    listeners.defect(error);
    listeners.defect('thrown text');
    listeners.stop('SIGTERM');
    await exitCode;
    expect(lines).toMatchObject([
      { level: 'error', message: 'defect', error: error.stack },
      { level: 'error', message: 'defect', error: 'thrown text' },
    ]);
  });
});
