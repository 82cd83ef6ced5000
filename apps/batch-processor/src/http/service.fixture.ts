import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { answerJob, type JobAnswer } from '../job/answer-job';
import { rightJob } from '../job/risk-job.fixture';
import { readConfiguration } from '../service/configuration';
import { JobCount } from '../service/job-count';
import { createLog, type Log } from '../service/log';
import { createServiceServer } from './create-service-server';
import type { ServiceContext } from './service-context';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly jobId?: string;
  readonly status?: number;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestService {
  readonly server: Server;
  readonly port: number;
  readonly jobs: JobCount;
  readonly log: Log;
  readonly logged: readonly LogLine[];
  /** Releases the waiting jobs. */
  readonly release: () => void;
  readonly send: (method: string, path: string, sent?: Sent) => Promise<Received>;
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Given extends Partial<Pick<ServiceContext, 'pool' | 'lag'>> {
  readonly env?: Readonly<Record<string, string>>;
  /** Jobs wait until they are released. @default - they do not */
  readonly held?: boolean;
}

export const JSON_TYPE = { 'Content-Type': 'application/json' };

/** The request of a job that is right. */
export const job = { headers: JSON_TYPE, body: JSON.stringify(rightJob()) };

export const problems = (text: string) => (JSON.parse(text) as { readonly problems: readonly string[] }).problems;

/** Sends one byte of its job, then nothing. */
export function slowClient(port: number): Socket {
  const socket = connect(port, '127.0.0.1').on('error', jest.fn());
  socket.write('POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
  return socket;
}

/** A service on a port of this machine, its calculation in the same thread; closed when `use` ends. */
export async function withService(given: Given, use: (service: TestService) => Promise<void>): Promise<void> {
  const lines: LogLine[] = [];
  const log = createLog({
    level: 'debug',
    write: (line) => lines.push(JSON.parse(line) as LogLine),
    now: () => 0,
  });
  const jobs = new JobCount();
  let held = given.held;
  const release = () => {
    held = false;
  };
  const run = async (body: Uint8Array): Promise<JobAnswer> => {
    await until(() => !held);
    return answerJob(body);
  };
  const configuration = readConfiguration({ VERSION: 'v1', ...given.env });
  const { pool = { run }, lag = { worstMs: () => 0 } } = given;
  const context = { configuration, log, jobs, pool, lag, newJobId: () => 'job-1', elapsed: () => 61_500 };
  const server = createServiceServer(context);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const send = (method: string, path: string, sent: Sent = {}) => exchange(port, method, path, sent);
    await use({ server, port, jobs, log, logged: lines, release, send });
  } finally {
    release();
    server.closeAllConnections();
    server.close();
  }
}

async function exchange(port: number, method: string, path: string, { headers = {}, body }: Sent): Promise<Received> {
  const sending = request({ host: '127.0.0.1', port, method, path, headers });
  // A client that waits for 100 Continue.
  if (headers['Expect'] === undefined) sending.end(body);
  else {
    sending.flushHeaders();
    sending.on('continue', () => sending.end(body));
  }
  const [response] = (await once(sending, 'response')) as [
    AsyncIterable<Buffer> & Pick<Received, 'headers'> & { readonly statusCode: number },
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  sending.destroy();
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

/** Waits until a condition is true. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
