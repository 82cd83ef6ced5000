import { request } from 'node:http';
import { job, JSON_TYPE, problems, until, withService } from './service.fixture';

describe('POST /jobs', () => {
  it('returns the risk of the portfolio, and the job id that is in the log', () =>
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

  it('returns 400 with all problems of the job', () =>
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

  it('returns 500 when the calculation fails, and logs the reason', () => {
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

  it('drops a job whose client disconnects during the calculation', () => {
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
      sending.on('error', () => undefined).end(job.body);
      await until(() => signals.length === 1);
      sending.destroy();
      await until(() => jobs.running === 0);
      await new Promise(setImmediate);
      expect(logged).toMatchObject([
        { level: 'warn', message: 'client went away before its job was answered', jobId: 'job-1' },
      ]);
    });
  });
});
