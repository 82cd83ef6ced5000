import { withService } from './service.fixture';

describe('GET /health (R6.2)', () => {
  it('says ok, the version, for how long and how much is being done', () =>
    withService({}, async ({ send, jobs }) => {
      jobs.add();
      expect(await send('GET', '/health')).toMatchObject({
        status: 200,
        body: '{"status":"ok","version":"v1","uptimeSeconds":61,"runningJobs":1}\n',
      });
    }));

  it('has no body for HEAD', () =>
    withService({}, async ({ send }) => {
      expect(await send('HEAD', '/health')).toMatchObject({ status: 200, body: '' });
    }));

  it('says draining from the signal to stop, although jobs are accepted', () =>
    withService({}, async ({ send, jobs }) => {
      jobs.add();
      jobs.stop();
      expect(await send('GET', '/health')).toMatchObject({
        status: 503,
        body: '{"status":"draining","version":"v1","uptimeSeconds":61,"runningJobs":1}\n',
      });
    }));

  it.each([
    [2500, 'ok'],
    [2501, 'overloaded'],
  ])('with requests that wait for %s ms, says %s, which is no reason to kill a task', (worst, word) =>
    withService({ lag: { worstMs: () => worst } }, async ({ send }) => {
      expect(await send('GET', '/health')).toMatchObject({
        status: 200,
        body: `{"status":"${word}","version":"v1","uptimeSeconds":61,"runningJobs":0}\n`,
      });
    }),
  );
});

describe('GET /live (R4.3)', () => {
  it.each(['GET', 'HEAD'])('answers %s although the service is overloaded and drains', (method) =>
    withService({ lag: { worstMs: () => 9999 } }, async ({ send, jobs }) => {
      await jobs.drain();
      const body = '{"status":"ok","version":"v1","uptimeSeconds":61,"runningJobs":0}\n';
      expect(await send(method, '/live')).toMatchObject({ status: 200, body: method === 'GET' ? body : '' });
    }),
  );
});
