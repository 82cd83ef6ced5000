import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { job, JSON_TYPE, problems, slowClient, until, withService } from './service.fixture';

const { body } = job;

describe('the body of POST /jobs', () => {
  it.each([
    ['that is declared', { ...JSON_TYPE, 'Content-Length': '2000000' }],
    ['that is found out', { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' }],
  ])('returns 413 for the length %s, after the whole body was sent', (_, headers) =>
    withService({ env: { MAX_BODY_BYTES: '1000' } }, async ({ send, jobs }) => {
      const answer = await send('POST', '/jobs', { headers, body: 'x'.repeat(2_000_000) });
      expect([answer.status, problems(answer.body)]).toEqual([
        413,
        ['body: is larger than 1000 bytes - split the portfolio, or send fewer scenarios'],
      ]);
      await until(() => jobs.running === 0);
    }),
  );

  it('accepts a body of exactly the maximum size', () =>
    withService({ env: { MAX_BODY_BYTES: String(body.length) } }, async ({ send }) => {
      expect((await send('POST', '/jobs', job)).status).toBe(200);
      expect((await send('POST', '/jobs', { ...job, body: `${body} ` })).status).toBe(413);
    }));

  it('returns 100 Continue to a client that expects it', () =>
    withService({}, async ({ send }) => {
      const headers = { ...JSON_TYPE, Expect: '100-continue', 'Content-Length': String(body.length) };
      expect((await send('POST', '/jobs', { headers, body })).status).toBe(200);
    }));

  it.each([
    ['a job', {}, 408, ['body: did not arrive within 1 seconds - send it faster, or split the portfolio']],
    [
      'what is refused anyhow',
      { 'Content-Type': 'text/plain' },
      415,
      ['Content-Type: is not application/json in UTF-8 - send the job as JSON'],
    ],
  ])('closes the connection of a client that takes too long to send %s', (_, headers, status, expected) =>
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

  it('drops a job whose client disconnects while it sends the body', () =>
    withService({}, async ({ port, jobs, logged }) => {
      const socket = slowClient(port);
      await until(() => jobs.uploads === 1);
      socket.destroy();
      await until(() => jobs.uploads === 0);
      await new Promise(setImmediate);
      expect(logged).toMatchObject([{ level: 'warn', message: 'client went away before its job was received' }]);
    }));
});
