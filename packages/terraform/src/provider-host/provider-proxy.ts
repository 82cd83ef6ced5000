import { once } from 'node:events';
import http2 from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { callOnce, forward, framed, ignoreError, messageIn, readAll, refuse, reply, replyWith } from './grpc-call';
import type { ProviderPool } from './provider-pool';
import { trimSchema } from './plugin-messages';

export interface ProxyOptions {
  readonly pool: ProviderPool;
  /** The types whose schema Terraform gets. */
  readonly types: ReadonlySet<string>;
  /** Caches the complete schema of the provider. */
  readonly schema: SchemaStore;
  /** @default - by the clock of this machine */
  readonly delay?: (milliseconds: number) => Promise<unknown>;
}

/**
 * After the first Ctrl-C, Terraform starts no further operations, and asks the provider to stop. The provider cancels its requests: AWS may
 * still create what they asked for, and no state would contain it. So requests get time to end. Long waits come after them.
 */
const STOP_DELAY_MILLISECONDS = 5000;

export interface SchemaStore {
  readonly read: () => Promise<Buffer | undefined>;
  readonly write: (schema: Buffer) => Promise<void>;
}

export interface Proxy {
  readonly server: http2.Http2Server;
  readonly close: () => void;
}

/**
 * A proxy between Terraform and provider processes. It caches the schema and the responses to configurations, and keeps the provider alive
 * after Terraform ends. It forwards all other calls.
 */
export function createProxy(options: ProxyOptions): Proxy {
  const { delay = sleep } = options;
  const server = http2.createServer({ settings: { initialWindowSize: 2 ** 24 } });
  // Terraform opens one connection for each provider configuration of a stack.
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    let provider = options.pool.first;
    session.on('stream', (stream, headers) => {
      // The other end is closed, so no response is needed.
      stream.on('error', ignoreError);
      respond(stream, headers).catch((error: unknown) => {
        refuse(stream, (error as Error).message);
      });
    });

    const respond = async (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => {
      switch (String(headers[':path'])) {
        case '/plugin.GRPCController/Shutdown':
          stream.resume();
          replyWith(stream, Buffer.alloc(0));
          return;
        case '/tfplugin5.Provider/GetSchema':
          await replyWithSchema(stream, headers, options);
          return;
        case '/tfplugin5.Provider/Configure': {
          const request = await readAll(stream);
          const call = ({ session }: typeof provider) => callOnce(session, headers, request);
          const configured = await options.pool.configure(request, call);
          provider = configured.provider;
          reply(stream, configured.answer);
          return;
        }
        case '/tfplugin5.Provider/Stop':
          await Promise.race([delay(STOP_DELAY_MILLISECONDS), once(stream, 'close')]);
          // All operations have ended, and Terraform with them.
          if (stream.destroyed) return;
          forward(provider.session, stream, headers);
          return;
        default:
          forward(provider.session, stream, headers);
      }
    };
  });
  const close = () => {
    server.close();
    for (const session of sessions) session.destroy();
  };
  return { server, close };
}

async function replyWithSchema(
  stream: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
  { pool, types, schema }: ProxyOptions,
): Promise<void> {
  const request = await readAll(stream);
  const kept = await schema.read();
  if (kept !== undefined) {
    replyWith(stream, trimSchema(kept, types));
    return;
  }
  const answer = await callOnce(pool.first.session, headers, request);
  const whole = messageIn(answer);
  if (whole === undefined) {
    reply(stream, answer);
    return;
  }
  reply(stream, { ...answer, body: framed(trimSchema(whole, types)) });
  await schema.write(whole);
}
