import { EventEmitter, once } from 'node:events';
import http2 from 'node:http2';
import { call, type Handler, proxyFixture } from '../testing/proxy-fixture';
import { replyWith } from './grpc-call';

const SCHEMA = '/tfplugin5.Provider/GetSchema';
const CONFIGURE = '/tfplugin5.Provider/Configure';
const READ = '/tfplugin5.Provider/ReadResource';
const bytes = (text: string) => Buffer.from(text);

describe('the proxy of a provider', () => {
  const { provider, proxied } = proxyFixture();
  const silent: Handler = () => undefined;
  const echo: Handler = (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => {
      stream.sendTrailers({ 'grpc-status': '0' });
    });
    stream.pipe(stream);
  };

  it('forwards unknown calls unchanged, including failures', async () => {
    const paths: unknown[] = [];
    const first = await provider('a', (stream, headers) => {
      paths.push(headers[':path'], headers['grpc-timeout']);
      if (headers[':path'] === READ) echo(stream, headers);
      else stream.respond({ ':status': 200, 'grpc-status': '12', 'grpc-message': 'unknown' }, { endStream: true });
    });
    const { connect } = await proxied({ first });
    const terraform = connect();
    expect(await call(terraform, READ, 'x'.repeat(200_000))).toMatchObject({
      status: '0',
      message: 'x'.repeat(200_000),
    });
    expect(await call(terraform, '/tfplugin5.Provider/Later')).toEqual({
      status: '12',
      reason: 'unknown',
      message: '',
    });
    expect(paths).toEqual([READ, undefined, '/tfplugin5.Provider/Later', undefined]);
  });

  it('forwards streams and their cancellation', async () => {
    const cancelled: Promise<unknown>[] = [];
    const first = await provider('a', (stream, headers) => {
      cancelled.push(once(stream, 'close').then(() => stream.rstCode));
      echo(stream, headers);
    });
    const { connect } = await proxied({ first });
    const stream = connect().request({ ':method': 'POST', ':path': '/plugin.GRPCStdio/StreamStdio' });
    stream.on('error', () => undefined);
    for (const part of ['one', 'two']) {
      stream.write(part);
      const [received] = (await once(stream, 'data')) as [Buffer];
      expect(received.toString()).toBe(part);
    }
    stream.close(http2.constants.NGHTTP2_CANCEL);
    expect(await Promise.all(cancelled)).toEqual([http2.constants.NGHTTP2_CANCEL]);
  });

  describe('after Ctrl-C', () => {
    const STOP = '/tfplugin5.Provider/Stop';

    /** A provider that lists its calls, and a clock that is moved by hand. */
    async function stopping() {
      const paths: unknown[] = [];
      const first = await provider('a', (stream, headers) => {
        paths.push(headers[':path']);
        replyWith(stream, bytes('done'));
      });
      const clock = new EventEmitter();
      const delay = jest.fn(() => once(clock, 'passed'));
      const { connect } = await proxied({ first, delay });
      return { paths, connect, delay, clock };
    }
    const until = async (condition: () => boolean) => {
      while (!condition()) await new Promise(setImmediate);
    };

    it('lets the requests of the provider end before it stops them', async () => {
      const { paths, connect, delay, clock } = await stopping();
      const terraform = connect();
      const stopped = call(terraform, STOP);
      await until(() => delay.mock.calls.length > 0);
      expect(delay.mock.calls).toEqual([[5000]]);
      expect(await call(terraform, READ)).toMatchObject({ message: 'done' });
      expect(paths).toEqual([READ]);
      clock.emit('passed');
      expect(await stopped).toMatchObject({ status: '0', message: 'done' });
      expect(paths).toEqual([READ, STOP]);
    });

    it('does not stop the provider if Terraform has ended before', async () => {
      const { paths, connect, delay } = await stopping();
      const terraform = connect();
      terraform.on('error', () => undefined);
      const stopped = call(terraform, STOP).catch(() => undefined);
      await until(() => delay.mock.calls.length > 0);
      terraform.destroy();
      await stopped;
      await call(connect(), READ);
      expect(paths).toEqual([READ]);
    });
  });

  it('keeps the provider after Terraform ends', async () => {
    const { connect } = await proxied({ first: await provider('a', silent) });
    expect(await call(connect(), '/plugin.GRPCController/Shutdown')).toEqual({ status: '0', message: '' });
  });

  it('returns the cached schema', async () => {
    const kept = bytes('\u000a\u0001p\u0012\u0003\u000a\u0001a\u0012\u0003\u000a\u0001b');
    const { connect } = await proxied({ first: await provider('a', silent), kept, types: ['b'] });
    expect(await call(connect(), SCHEMA)).toMatchObject({
      status: '0',
      message: '\u000a\u0001p\u0012\u0003\u000a\u0001b',
    });
  });

  it('requests the schema once, and caches all of it', async () => {
    const first = await provider('a', (stream) => {
      replyWith(stream, bytes('\u0012\u0003\u000a\u0001a'));
    });
    const { connect, stored } = await proxied({ first });
    expect(await call(connect(), SCHEMA)).toMatchObject({ status: '0', message: '' });
    expect(stored.map(String)).toEqual(['\u0012\u0003\u000a\u0001a']);
  });

  it('forwards a response without a schema', async () => {
    const first = await provider('a', (stream) => {
      stream.on('wantTrailers', () => {
        stream.sendTrailers({ 'grpc-status': '13' });
      });
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.end();
    });
    const { connect, stored } = await proxied({ first });
    expect(await call(connect(), SCHEMA)).toMatchObject({ status: '13' });
    expect(stored).toEqual([]);
  });

  describe('configuration', () => {
    const named =
      (name: string, configure = ''): Handler =>
      (stream, headers) => {
        replyWith(stream, bytes(headers[':path'] === CONFIGURE ? configure : name));
      };

    it('configures one process for each configuration, once', async () => {
      const configured: string[] = [];
      const counting =
        (name: string): Handler =>
        (stream, headers) => {
          if (headers[':path'] === CONFIGURE) configured.push(name);
          named(name)(stream, headers);
        };
      const [first, second] = [await provider('a', counting('first')), await provider('b', counting('second'))];
      const { connect } = await proxied({ first, others: [second] });
      const [one, again, other] = [connect(), connect(), connect()];
      await Promise.all([call(one, CONFIGURE, '\u0012\u0001x'), call(again, CONFIGURE, '\u0012\u0001x')]);
      expect(await call(other, CONFIGURE, '\u0012\u0001y')).toMatchObject({ status: '0' });
      const answers = await Promise.all([one, again, other].map((session) => call(session, READ)));
      expect(answers.map(({ message }) => message)).toEqual(['first', 'first', 'second']);
      expect(configured).toEqual(['first', 'second']);
    });

    it('configures a new process after an error or a warning', async () => {
      const others = [await provider('b', named('second'))];
      const { connect } = await proxied({ first: await provider('a', named('first', 'warning')), others });
      expect(await call(connect(), CONFIGURE)).toMatchObject({ message: 'warning' });
      const terraform = connect();
      expect(await call(terraform, CONFIGURE)).toMatchObject({ status: '0', message: '' });
      expect(await call(terraform, READ)).toMatchObject({ message: 'second' });
    });

    it('reports that no process can be started, and retries', async () => {
      const { connect } = await proxied({ first: await provider('a', named('first')) });
      await call(connect(), CONFIGURE, '\u0012\u0001x');
      for (let time = 0; time < 2; time += 1) {
        const refused = { status: '14', reason: 'no%20more%20providers' };
        expect(await call(connect(), CONFIGURE, '\u0012\u0001y')).toMatchObject(refused);
      }
    });
  });

  describe('if the provider ends', () => {
    const ended = { status: '14', reason: 'the%20provider%20ended%20during%20this%20call' };

    it.each([READ, SCHEMA, CONFIGURE])('fails a call in progress: %s', async (path) => {
      const first = await provider('a', () => {
        first.crash();
      });
      const { connect } = await proxied({ first });
      expect(await call(connect(), path)).toMatchObject(ended);
    });

    it('fails a later call', async () => {
      const first = await provider('a', silent);
      const { connect } = await proxied({ first });
      first.session.destroy();
      expect(await call(connect(), READ)).toMatchObject({ status: '14' });
    });

    it('ends a stream', async () => {
      const first = await provider('a', echo);
      const { connect } = await proxied({ first });
      const stream = connect().request({ ':method': 'POST', ':path': '/plugin.GRPCStdio/StreamStdio' });
      stream.on('error', () => undefined);
      stream.write('one');
      await once(stream, 'data');
      first.crash();
      await once(stream, 'close');
      expect(stream.rstCode).toBe(http2.constants.NGHTTP2_CANCEL);
    });
  });
});
