import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { framed } from '../provider-host/grpc-call';
import { ProviderPool } from '../provider-host/provider-pool';
import type { ProviderProcess } from '../provider-host/provider-process';
import { createProxy } from '../provider-host/provider-proxy';

export type Handler = (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void;

interface Proxied {
  readonly first: ProviderProcess;
  readonly others?: readonly ProviderProcess[];
  readonly types?: readonly string[];
  readonly kept?: Buffer;
  readonly delay?: (milliseconds: number) => Promise<unknown>;
}

/** Providers and proxies in this process. They end after each test. */
export function proxyFixture() {
  const root = temporaryDirectory();
  const closing: (() => void)[] = [];
  afterEach(() => {
    closing.splice(0).forEach((close) => {
      close();
    });
  });

  /** A provider in this process. */
  async function provider(name: string, handler: Handler): Promise<ProviderProcess & { readonly crash: () => void }> {
    const server = http2.createServer();
    const sessions: http2.ServerHttp2Session[] = [];
    server.on('session', (session) => sessions.push(session));
    server.on('stream', (stream, headers) => {
      stream.on('error', jest.fn());
      handler(stream, headers);
    });
    await once(server.listen(join(root(), name)), 'listening');
    const session = http2.connect('http://provider', {
      createConnection: () => net.connect(join(root(), name)),
    });
    session.on('error', jest.fn());
    const crash = () => {
      sessions.forEach((one) => {
        one.destroy();
      });
    };
    closing.push(() => {
      crash();
      session.destroy();
      server.close();
    });
    const address = 'registry.terraform.io/hashicorp/aws';
    return { address, protocolVersion: 5, session, ended: new Promise(() => undefined), stop: crash, crash };
  }

  /** Connections to a proxy, as Terraform makes them. */
  async function proxied({ first, others = [], types = [], kept, delay }: Proxied) {
    const stored: Buffer[] = [];
    const remaining = [...others];
    const pool = new ProviderPool(first, () => {
      const next = remaining.shift();
      return next ? Promise.resolve(next) : Promise.reject(new Error('no more providers'));
    });
    const schema = {
      read: () => Promise.resolve(kept),
      write: (written: Buffer) => Promise.resolve(void stored.push(written)),
    };
    const proxy = createProxy({ pool, types: new Set(types), schema, ...(delay && { delay }) });
    await once(proxy.server.listen(join(root(), 'proxy')), 'listening');
    closing.push(proxy.close);
    const connect = () => {
      const session = http2.connect('http://proxy', {
        createConnection: () => net.connect(join(root(), 'proxy')),
      });
      closing.push(() => {
        session.destroy();
      });
      return session;
    };
    return { connect, stored };
  }

  return { provider, proxied };
}

/** One call, and its answer. */
export async function call(session: http2.ClientHttp2Session, path: string, message = '') {
  const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
  let status: unknown;
  let reason: unknown;
  const note = (headers: http2.IncomingHttpHeaders) => {
    status = headers['grpc-status'] ?? status;
    reason = headers['grpc-message'] ?? reason;
  };
  stream.on('response', note).on('trailers', note);
  stream.end(framed(Buffer.from(message)));
  const body = await textOf(stream);
  return { status, reason, message: body.slice(5) };
}
