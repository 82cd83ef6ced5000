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

  it('says draining once no job is taken any more, although one still runs', () =>
    withService({}, async ({ send, jobs }) => {
      jobs.add();
      void jobs.drain();
      expect(await send('GET', '/health')).toMatchObject({
        status: 503,
        body: '{"status":"draining","version":"v1","uptimeSeconds":61,"runningJobs":1}\n',
      });
    }));

  it.each([
    [2500, 200, 'ok'],
    [2501, 503, 'overloaded'],
  ])('with requests that wait for %s ms, answers %s %s', (worst, status, word) =>
    withService({ lag: { worstMs: () => worst } }, async ({ send }) => {
      expect(await send('GET', '/health')).toMatchObject({
        status,
        body: `{"status":"${word}","version":"v1","uptimeSeconds":61,"runningJobs":0}\n`,
      });
    }),
  );
});
