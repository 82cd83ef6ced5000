import { connect } from 'node:net';
import { JSON_TYPE, until, withService, type TestService } from '../http/service.fixture';
import { rightJob } from '../job/risk-job.fixture';
import { drain } from './drain';

const job = { headers: JSON_TYPE, body: JSON.stringify(rightJob()) };
interface Times {
  readonly acceptMs?: number;
  readonly lingerMs: number;
  readonly limitMs: number;
}
const begin = (service: TestService, times: Times) => drain({ ...service, acceptMs: 0, ...times });

/** What becomes of a job that is still calculated when this ends. */
async function startJob({ send, jobs }: TestService) {
  const ending = send('POST', '/jobs', job).then(
    ({ status, headers }) => [status, headers.connection],
    (error: NodeJS.ErrnoException) => error.code,
  );
  await until(() => jobs.running === 1);
  return () => ending;
}

/** Lets the timers of `drain` run only when `pass` is called. Sockets go on in real time. */
function holdTimers(): void {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance', 'Date'] });
}

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

describe('drain (R5.4)', () => {
  afterEach(() => jest.useRealTimers());

  it('reports draining first, then refuses new jobs, finishes the running ones and closes the socket', () =>
    withService({ held: true }, async (service) => {
      const { send, jobs, server, release, logged } = service;
      const ending = await startJob(service);
      const drained = begin(service, { lingerMs: 0, limitMs: 10_000 });
      await until(() => jobs.draining);

      expect((await send('GET', '/health')).body).toContain('"status":"draining"');
      expect((await send('GET', '/health')).status).toBe(503);
      const refused = await send('POST', '/jobs', job);
      expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1']);
      expect([jobs.running, server.listening]).toEqual([1, true]);

      release();
      expect(await ending()).toEqual([200, 'close']);
      expect(await drained).toBe(true);
      expect(server.listening).toBe(false);
      await expect(send('GET', '/health')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      expect(logged).toContainEqual(expect.objectContaining({ message: 'draining', runningJobs: 1, uploads: 0 }));
    }));

  it('accepts jobs for a while although it is unhealthy: the load balancer may still send them', () =>
    withService({}, async (service) => {
      holdTimers();
      const drained = begin(service, { acceptMs: 20_000, lingerMs: 5000, limitMs: 100_000 });
      expect((await service.send('GET', '/health')).status).toBe(503);
      await pass(19_999);
      const accepted = await service.send('POST', '/jobs', job);
      expect([accepted.status, accepted.headers.connection]).toEqual([200, 'close']);
      await pass(1);
      expect(service.jobs.draining).toBe(true);
      expect((await service.send('POST', '/jobs', job)).status).toBe(503);
      await pass(5000);
      expect(await drained).toBe(true);
    }));

  it('abandons jobs after the limit, which includes the time to accept', () =>
    withService({ held: true }, async (service) => {
      const ending = await startJob(service);
      holdTimers();
      const drained = begin(service, { acceptMs: 20_000, lingerMs: 0, limitMs: 30_000 });
      await pass(20_000);
      await pass(9999);
      expect(service.server.listening).toBe(true);
      await pass(1);
      expect(await drained).toBe(false);
      expect(await ending()).toBe('ECONNRESET');
    }));

  it('keeps the socket open for a while, to send late jobs a response', () =>
    withService({}, async (service) => {
      holdTimers();
      const drained = begin(service, { lingerMs: 5000, limitMs: 100_000 });
      await pass(0);
      await pass(4999);
      expect((await service.send('POST', '/jobs', job)).status).toBe(503);
      await pass(1);
      expect(await drained).toBe(true);
    }));

  it('keeps the socket open no longer than the limit', () =>
    withService({}, async (service) => {
      holdTimers();
      const drained = begin(service, { lingerMs: 60_000, limitMs: 20_000 });
      await pass(0);
      await pass(20_000);
      expect(await drained).toBe(true);
    }));

  it('abandons unfinished jobs at the limit, and reports their number', () =>
    withService({ held: true }, async (service) => {
      const ending = await startJob(service);
      expect(await begin(service, { lingerMs: 0, limitMs: 30 })).toBe(false);
      expect(await ending()).toBe('ECONNRESET');
      expect(service.logged).toContainEqual(
        expect.objectContaining({ level: 'error', message: 'jobs abandoned', abandonedJobs: 1 }),
      );
    }));

  it('does not wait for idle connections', () =>
    withService({}, async (service) => {
      const socket = connect(service.port, '127.0.0.1');
      await new Promise((resolve) => socket.once('connect', resolve));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined);
      expect(await begin(service, { lingerMs: 0, limitMs: 10_000 })).toBe(true);
      await closed;
    }));
});
