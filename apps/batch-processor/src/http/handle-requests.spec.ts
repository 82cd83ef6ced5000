import { withService } from './service.fixture';

describe('every request', () => {
  it('gets uncacheable JSON with the version of the service', () =>
    withService({}, async ({ send }) => {
      expect(await send('GET', '/health?from=here')).toMatchObject({
        status: 200,
        headers: {
          'content-type': 'application/json',
          'content-length': '66',
          'cache-control': 'no-store',
          'x-version': 'v1',
          connection: 'keep-alive',
          'keep-alive': 'timeout=65',
        },
      });
    }));

  it.each(['/', '/jobs/1', '/Health', '/constructor'])('gets 404 for %s', (path) =>
    withService({}, async ({ send }) => {
      const { status, body } = await send('POST', path, { body: '{}' });
      expect([status, JSON.parse(body)]).toEqual([
        404,
        { problems: [`${path}: is not here - use POST /jobs, GET /health or GET /live`] },
      ]);
    }),
  );

  it.each([
    ['PUT', '/jobs', 'POST'],
    ['GET', '/jobs', 'POST'],
    ['POST', '/health', 'GET, HEAD'],
    ['DELETE', '/live', 'GET, HEAD'],
  ])('gets 405 if %s is not a method of %s', (method, path, allow) =>
    withService({}, async ({ send }) => {
      const { status, headers, body } = await send(method, path);
      expect([status, headers.allow, JSON.parse(body)]).toEqual([
        405,
        allow,
        { problems: [`${path}: does not take ${method} - use ${allow}`] },
      ]);
    }),
  );

  it('gets Connection: close while the service stops', () =>
    withService({}, async ({ send, jobs }) => {
      jobs.stop();
      expect((await send('GET', '/nothing')).headers.connection).toBe('close');
    }));

  it('gets 500 after a defect, whose reason is in the log', () => {
    const lag = {
      worstMs: () => {
        throw new TypeError('no clock');
      },
    };
    return withService({ lag }, async ({ send, logged }) => {
      expect(await send('GET', '/health')).toMatchObject({
        status: 500,
        body: '{"problems":["the request failed - send it again"]}\n',
      });
      expect(logged).toMatchObject([{ level: 'error', message: 'request failed', error: 'TypeError: no clock' }]);
    });
  });
});
