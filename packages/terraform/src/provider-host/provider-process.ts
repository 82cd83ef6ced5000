import { spawn } from 'node:child_process';
import http2 from 'node:http2';
import net from 'node:net';
import { ignoreError } from './grpc-call';
import type { ProcessEnvironment } from '../run-process';
import { MEMORY_FOR_TIME } from '../terraform-environment';

/** A running provider. */
export interface ProviderProcess {
  /** Such as `registry.terraform.io/hashicorp/aws`. */
  readonly address: string;
  readonly protocolVersion: number;
  /** Carries the gRPC calls. */
  readonly session: http2.ClientHttp2Session;
  /** Settles when the process has ended. */
  readonly ended: Promise<void>;
  readonly stop: () => void;
}

interface StartProvider {
  readonly binary: string;
  readonly env: ProcessEnvironment;
  /** Directory of its socket. Only this user can enter it. */
  readonly directory: string;
}

/** The output of a provider with `-debug`; https://developer.hashicorp.com/terraform/plugin/debugging */
type Reattach = Readonly<Record<string, { ProtocolVersion: number; Addr: { String: string } }>>;

/**
 * Starts the provider, and a shell that ends it when this process ends, even after SIGKILL: the shell reads from a pipe of this process.
 */
const WITH_GUARD = 'exec 3<&0; "$0" -debug </dev/null 3<&- & exec >&-; read -r _ <&3; kill "$!"';

/**
 * In debug mode a provider logs every call, 5 MB for a plan of our stacks. The two parts of its log:
 * https://developer.hashicorp.com/terraform/plugin/log/managing
 */
const NO_LOG = { TF_LOG_SDK: 'OFF', TF_LOG_PROVIDER_AWS: 'OFF' } as const;

/** For flow control: one plan has many calls at once. */
const WINDOW_BYTES = 2 ** 24;

/** Starts a provider in debug mode. @throws {Error} when it ends before it is ready. */
export async function startProvider({ binary, env, directory }: StartProvider): Promise<ProviderProcess> {
  const guard = spawn('sh', ['-c', WITH_GUARD, binary], {
    env: { ...env, ...MEMORY_FOR_TIME, ...NO_LOG, TMPDIR: directory },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // The shell has closed its standard output, so that only the provider keeps the pipe open.
  const ended = new Promise<void>((resolve) => {
    guard.stdout.once('close', resolve);
  });
  const stop = () => {
    guard.stdin.destroy();
  };
  const reattach = await new Promise<Reattach>((resolve, reject) => {
    let text = '';
    guard.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const [, json] = /TF_REATTACH_PROVIDERS='(.+)'/.exec(text) ?? [];
      if (json !== undefined) resolve(JSON.parse(json) as Reattach);
    });
    void ended.then(() => {
      stop();
      reject(new Error('the provider ended before it was ready'));
    });
  });
  const [address, { ProtocolVersion, Addr }] = Object.entries(reattach)[0] as [string, Reattach[string]];
  const session = http2.connect('http://provider', {
    createConnection: () => net.connect(Addr.String),
    settings: { initialWindowSize: WINDOW_BYTES },
  });
  session.on('connect', () => {
    session.setLocalWindowSize(WINDOW_BYTES);
  });
  // Each call reports its own failure.
  session.on('error', ignoreError);
  return { address, protocolVersion: ProtocolVersion, session, ended, stop };
}
