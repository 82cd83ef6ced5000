import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { job, JSON_TYPE, problems, slowClient, until, withService } from './service.fixture';

const { body } = job;

describe('POST /jobs before the calculation', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'takes %s',
    (contentType) =>
      withService({}, async ({ send }) => {
        expect((await send('POST', '/jobs', { headers: { 'Content-Type': contentType }, body })).status).toBe(200);
      }),
  );

  it.each([undefined, 'text/plain', 'application/json; charset=latin1', 'application/jsonp'])(
    'returns 415 for the type %s',
    (contentType) =>
      withService({}, async ({ send, logged }) => {
        const headers: Record<string, string> = contentType === undefined ? {} : { 'Content-Type': contentType };
        const answer = await send('POST', '/jobs', { headers, body });
        expect([answer.status, answer.headers.accept, problems(answer.body)]).toEqual([
          415,
          'application/json',
          ['Content-Type: is not application/json in UTF-8 - send the job as JSON'],
        ]);
        expect(logged).toMatchObject([{ level: 'info', message: 'job refused', status: 415 }]);
      }),
  );

  it('returns 415 for a compressed body, and accepts the encoding identity', () =>
    withService({}, async ({ send }) => {
      const answer = await send('POST', '/jobs', { headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, body });
      expect([answer.status, answer.headers['accept-encoding'], problems(answer.body)]).toEqual([
        415,
        'identity',
        ['Content-Encoding: is not supported - send the job uncompressed'],
      ]);
      const plain = await send('POST', '/jobs', { headers: { ...JSON_TYPE, 'Content-Encoding': 'identity' }, body });
      expect(plain.status).toBe(200);
    }));

  it('refuses a client that expects 100 Continue without waiting for the body', () =>
    withService({ env: { MAX_BODY_BYTES: '10' } }, async ({ send }) => {
      const headers = { ...JSON_TYPE, Expect: '100-continue', 'Content-Length': '5000' };
      expect(await send('POST', '/jobs', { headers })).toMatchObject({ status: 413, headers: { connection: 'close' } });
    }));

  it('returns 429 at the maximum number of jobs, and accepts the next job when one is done', () =>
    withService({ held: true, env: { MAX_JOBS: '1' } }, async ({ send, jobs, release }) => {
      const running = send('POST', '/jobs', job);
      await until(() => jobs.running === 1);
      const answer = await send('POST', '/jobs', job);
      expect([answer.status, answer.headers['retry-after'], problems(answer.body)]).toEqual([
        429,
        '1',
        ['this instance has 1 jobs to do - send the job again a little later'],
      ]);
      release();
      expect((await running).status).toBe(200);
      await until(() => jobs.running === 0);
      expect((await send('POST', '/jobs', job)).status).toBe(200);
    }));

  it('reserves no job for clients that send slowly, and receives a limited number of them', () =>
    withService({ env: { MAX_JOBS: '1', MAX_UPLOADS: '2' } }, async ({ port, send, jobs }) => {
      const slow = slowClient(port);
      await until(() => jobs.uploads === 1);
      expect((await send('POST', '/jobs', job)).status).toBe(200);
      const other = slowClient(port);
      await until(() => jobs.uploads === 2);
      const answer = await send('POST', '/jobs', job);
      expect([answer.status, answer.headers['retry-after'], problems(answer.body)]).toEqual([
        429,
        '1',
        ['this instance receives 2 jobs already - send the job again a little later'],
      ]);
      slow.destroy();
      await until(() => jobs.uploads === 1);
      expect((await send('POST', '/jobs', job)).status).toBe(200);
      other.destroy();
    }));

  it('returns 429 for a job whose body is complete after another job took the last place', () =>
    withService({ held: true, env: { MAX_JOBS: '1' } }, async ({ port, send, jobs, release, logged }) => {
      const sending = request({ host: '127.0.0.1', port, method: 'POST', path: '/jobs', headers: JSON_TYPE });
      sending.write(body.slice(0, 10));
      await until(() => jobs.uploads === 1);
      const running = send('POST', '/jobs', job);
      await until(() => jobs.running === 1);
      sending.end(body.slice(10));
      const [answer] = (await once(sending, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(429);
      expect(logged).toMatchObject([{ message: 'job refused', status: 429 }]);
      release();
      expect((await running).status).toBe(200);
    }));

  it('returns 503 while it drains, before it reads anything else', () =>
    withService({}, async ({ send, jobs }) => {
      await jobs.drain();
      expect(await send('POST', '/jobs', { body: 'no job' })).toMatchObject({
        status: 503,
        headers: { 'retry-after': '1', connection: 'close' },
        body: '{"problems":["this instance is stopping - send the job again"]}\n',
      });
    }));
});
