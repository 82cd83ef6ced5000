import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { rightJob } from '../job/risk-job.fixture';
import { JSON_TYPE, until, withService } from './service.fixture';

const body = JSON.stringify(rightJob());
const job = { headers: JSON_TYPE, body };
const problems = (text: string) => (JSON.parse(text) as { readonly problems: readonly string[] }).problems;

describe('POST /jobs', () => {
  it('answers with the risk of the portfolio, and the id of the job that the log has', () =>
    withService({}, async ({ send, logged }) => {
      expect(await send('POST', '/jobs', job)).toMatchObject({
        status: 200,
        headers: { 'x-job-id': 'job-1', 'x-version': 'v1' },
        body:
          '{"valueAtRisk":-2.5,"expectedShortfall":7.5,"confidence":0.5,"horizonDays":1,"scenarios":4,' +
          '"worstScenario":{"date":"2024-01-03","loss":10}}\n',
      });
      await until(() => logged.length > 0);
      expect(logged).toEqual([
        {
          time: '1970-01-01T00:00:00.000Z',
          level: 'info',
          message: 'job answered',
          jobId: 'job-1',
          durationMs: 0,
          status: 200,
        },
      ]);
    }));

  it('answers 400 with all that is wrong', () =>
    withService({}, async ({ send, logged }) => {
      const answer = await send('POST', '/jobs', { headers: JSON_TYPE, body: '{"positions":1,"confidence":1}' });
      expect([answer.status, problems(answer.body)]).toEqual([
        400,
        [
          'positions: is not a list of positions, got 1 - send at least one position',
          'scenarios: is missing - send { "dates": [ … ], "returns": { "<instrument>": [ … ] } }',
          'confidence: is not a confidence, got 1 - send a number from 0.5 to below 1, such as 0.99',
        ],
      ]);
      await until(() => logged.length > 0);
      expect(logged).toMatchObject([{ message: 'job answered', status: 400 }]);
    }));

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'takes %s',
    (contentType) =>
      withService({}, async ({ send }) => {
        expect((await send('POST', '/jobs', { headers: { 'Content-Type': contentType }, body })).status).toBe(200);
      }),
  );

  it.each([undefined, 'text/plain', 'application/json; charset=latin1', 'application/jsonp'])(
    'answers 415 to the type %s',
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

  it('answers 415 to a compressed body, and takes one that says it is not', () =>
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

  it.each([
    ['that is declared', { ...JSON_TYPE, 'Content-Length': '2000000' }],
    ['that is found out', { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' }],
  ])('answers 413 to a length %s, after all of it was sent', (_, headers) =>
    withService({ env: { MAX_BODY_BYTES: '1000' } }, async ({ send, jobs }) => {
      const answer = await send('POST', '/jobs', { headers, body: 'x'.repeat(2_000_000) });
      expect([answer.status, problems(answer.body)]).toEqual([
        413,
        ['body: is larger than 1000 bytes - split the portfolio, or send fewer scenarios'],
      ]);
      await until(() => jobs.running === 0);
    }),
  );

  it('takes a body of exactly the largest size', () =>
    withService({ env: { MAX_BODY_BYTES: String(body.length) } }, async ({ send }) => {
      expect((await send('POST', '/jobs', job)).status).toBe(200);
      expect((await send('POST', '/jobs', { ...job, body: `${body} ` })).status).toBe(413);
    }));

  it('tells a client that asks first to go on', () =>
    withService({}, async ({ send }) => {
      const headers = { ...JSON_TYPE, Expect: '100-continue', 'Content-Length': String(body.length) };
      expect((await send('POST', '/jobs', { headers, body })).status).toBe(200);
    }));

  it('refuses a client that asks first without waiting for the body', () =>
    withService({ env: { MAX_BODY_BYTES: '10' } }, async ({ send }) => {
      const headers = { ...JSON_TYPE, Expect: '100-continue', 'Content-Length': '5000' };
      expect(await send('POST', '/jobs', { headers })).toMatchObject({ status: 413, headers: { connection: 'close' } });
    }));

  it('answers 429 when it has as many jobs as it may have, and takes the next one when one is done', () =>
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

  it('takes none of the jobs for clients that send slowly, and receives a bounded number of them', () =>
    withService({ env: { MAX_JOBS: '1', MAX_UPLOADS: '2' } }, async ({ port, send, jobs }) => {
      const begun = 'POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
      const slow = connect(port, '127.0.0.1').on('error', () => undefined);
      slow.write(begun);
      await until(() => jobs.uploads === 1);
      expect((await send('POST', '/jobs', job)).status).toBe(200);
      const other = connect(port, '127.0.0.1').on('error', () => undefined);
      other.write(begun);
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

  it('answers 429 to a job that is received after another one took the last place', () =>
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

  it.each([
    ['a job', {}, 408, ['body: did not arrive within 1 seconds - send it faster, or split the portfolio']],
    [
      'what is refused anyhow',
      { 'Content-Type': 'text/plain' },
      415,
      ['Content-Type: is not application/json in UTF-8 - send the job as JSON'],
    ],
  ])('ends the connection of a client that takes too long to send %s', (_, headers, status, expected) =>
    withService({ env: { UPLOAD_SECONDS: '1' } }, async ({ port, jobs }) => {
      const sending = request({
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/jobs',
        headers: { ...JSON_TYPE, ...headers },
      });
      sending.on('error', () => undefined).write('{');
      const [answer] = (await once(sending, 'response')) as [IncomingMessage];
      const chunks: Buffer[] = [];
      for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
      expect([answer.statusCode, answer.headers.connection]).toEqual([status, 'close']);
      expect(problems(Buffer.concat(chunks).toString())).toEqual(expected);
      expect(jobs.uploads).toBe(0);
      sending.destroy();
    }),
  );

  it('answers 503 while it drains, before it looks at anything else', () =>
    withService({}, async ({ send, jobs }) => {
      await jobs.drain();
      expect(await send('POST', '/jobs', { body: 'no job' })).toMatchObject({
        status: 503,
        headers: { 'retry-after': '1', connection: 'close' },
        body: '{"problems":["this instance is stopping - send the job again"]}\n',
      });
    }));

  it('answers 500 when the calculation dies, and logs why', () => {
    const pool = { run: () => Promise.reject(new Error('the thread ended with code 1')) };
    return withService({ pool }, async ({ send, logged }) => {
      expect(await send('POST', '/jobs', job)).toMatchObject({
        status: 500,
        headers: { 'x-job-id': 'job-1' },
        body: '{"problems":["the calculation failed - report job job-1"]}\n',
      });
      expect(logged[0]).toMatchObject({
        level: 'error',
        message: 'calculation failed',
        jobId: 'job-1',
        error: 'Error: the thread ended with code 1',
      });
    });
  });

  it('forgets a job whose client goes away while it is calculated', () => {
    const signals: AbortSignal[] = [];
    const run = (_: Uint8Array, signal?: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signals.push(signal!);
        signal!.addEventListener('abort', () => {
          reject(signal!.reason as Error);
        });
      });
    return withService({ pool: { run } }, async ({ port, jobs, logged }) => {
      const sending = request({ host: '127.0.0.1', port, method: 'POST', path: '/jobs', headers: JSON_TYPE });
      sending.on('error', () => undefined).end(body);
      await until(() => signals.length === 1);
      sending.destroy();
      await until(() => jobs.running === 0);
      await new Promise(setImmediate);
      expect(logged).toMatchObject([
        { level: 'warn', message: 'client went away before its job was answered', jobId: 'job-1' },
      ]);
    });
  });

  it('forgets a job whose client goes away while it sends', () =>
    withService({}, async ({ port, jobs, logged }) => {
      const socket = connect(port, '127.0.0.1');
      socket.write('POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
      await until(() => jobs.uploads === 1);
      socket.destroy();
      await until(() => jobs.uploads === 0);
      await new Promise(setImmediate);
      expect(logged).toMatchObject([{ level: 'warn', message: 'client went away before its job was received' }]);
    }));
});
