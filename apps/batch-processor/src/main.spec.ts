import type { Host } from './service/run-service';

interface Loaded {
  readonly host: Host | undefined;
  readonly served: readonly unknown[];
  readonly threads: readonly unknown[];
}

/** Loads the file as Node does, in the main thread or in another, with everything around it replaced. */
function load(parentPort: object | null, exitCode = 0): Loaded {
  const threads: unknown[] = [];
  const served: unknown[] = [];
  const hosts: Host[] = [];
  const Worker = jest.fn((file: unknown) => {
    threads.push(file);
  });
  jest.isolateModules(() => {
    jest.doMock('node:worker_threads', () => ({ parentPort, Worker }));
    jest.doMock('./threads/answer-jobs', () => ({ answerJobs: (port: unknown) => served.push(port) }));
    jest.doMock('./service/run-service', () => ({
      runService: (host: Host) => {
        hosts.push(host);
        return Promise.resolve(exitCode);
      },
    }));
    jest.requireActual('./main');
  });
  return { host: hosts[0], served, threads };
}

describe('the process', () => {
  const exit = jest.spyOn(process, 'exit');
  const on = jest.spyOn(process, 'on');
  const write = jest.spyOn(process.stdout, 'write');
  beforeEach(() => {
    exit.mockReset().mockReturnValue(undefined as never);
    on.mockReset().mockReturnThis();
    write.mockReset().mockReturnValue(true);
  });
  afterAll(() => jest.restoreAllMocks());

  it('calculates jobs in a worker thread, and starts no service there', () => {
    const port = {};
    const { host, served } = load(port);
    expect(served).toEqual([port]);
    expect(host).toBeUndefined();
  });

  it.each([0, 1])('exits with code %s of the service', async (code) => {
    load(null, code);
    await new Promise(setImmediate);
    expect(exit.mock.calls).toEqual([[code]]);
  });

  it('gives the service its variables, clock, output and worker threads', () => {
    const { host, served, threads } = load(null);
    expect(served).toEqual([]);
    expect(host?.env).toBe(process.env);
    expect(host?.processors).toBeGreaterThanOrEqual(1);
    expect(host?.newJobId()).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(Number(host?.now()) - Date.now())).toBeLessThan(60_000);
    expect(host?.elapsed()).toBeLessThanOrEqual(performance.now());
    host?.write('a line\n');
    expect(write.mock.calls).toEqual([['a line\n']]);
    host?.startThread();
    expect(threads).toEqual([require.resolve('./main')]);
  });

  it('stops on SIGTERM and on SIGINT', () => {
    const { host } = load(null);
    const listener = () => undefined;
    host?.onStop(listener);
    expect(on.mock.calls).toEqual([
      ['SIGTERM', listener],
      ['SIGINT', listener],
    ]);
  });

  it('exits with 70 after a defect that the service has logged', () => {
    const { host } = load(null);
    const seen: unknown[] = [];
    host?.onDefect((error) => seen.push(error));
    const [event, listener] = on.mock.calls[0] ?? [];
    expect(event).toBe('uncaughtException');
    const error = new Error('defect');
    (listener as (error: Error) => void)(error);
    expect(seen).toEqual([error]);
    expect(exit.mock.calls).toEqual([[70]]);
  });
});
