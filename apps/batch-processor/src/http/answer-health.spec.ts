import { withService } from './service.fixture';

describe('GET /health (R6.2)', () => {
  it('returns status ok, the version, the uptime and the number of running jobs', () =>
    withService({}, async ({ send, jobs }) => {
      jobs.add();
      expect(await send('GET', '/health')).toMatchObject({
        status: 200,
        body: '{"status":"ok","version":"v1","uptimeSeconds":61,"runningJobs":1}\n',
      });
    }));

  it('returns no body to HEAD', () =>
    withService({}, async ({ send }) => {
      expect(await send('HEAD', '/health')).toMatchObject({ status: 200, body: '' });
    }));

  it('returns status draining from the stop signal on, although jobs are still accepted', () =>
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
  ])('returns 200 for a wait of %s ms, with status %s: a slow task must not be killed', (worst, word) =>
    withService({ lag: { worstMs: () => worst } }, async ({ send }) => {
      expect(await send('GET', '/health')).toMatchObject({
        status: 200,
        body: `{"status":"${word}","version":"v1","uptimeSeconds":61,"runningJobs":0}\n`,
      });
    }),
  );
});

describe('GET /live (R4.3)', () => {
  it.each(['GET', 'HEAD'])('returns %s although the service is overloaded and draining', (method) =>
    withService({ lag: { worstMs: () => 9999 } }, async ({ send, jobs }) => {
      await jobs.drain();
      const body = '{"status":"ok","version":"v1","uptimeSeconds":61,"runningJobs":0}\n';
      expect(await send(method, '/live')).toMatchObject({ status: 200, body: method === 'GET' ? body : '' });
    }),
  );
});
