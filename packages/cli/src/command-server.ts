import { EventEmitter } from 'node:events';
import { rm } from 'node:fs/promises';
import net from 'node:net';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExitCode } from '@nightshift/errors';
import { isProcessAlive } from '@nightshift/files';
import type { StopSignal } from '@nightshift/console';
import { printError } from '@nightshift/stack-run';
import type { Effects } from './effects';
import type { CommandProcess } from './process-effects';

export interface CommandServerOptions {
  /** In a directory that only this user can enter. The directory is removed at the end. */
  readonly socket: string;
  /** The process of Nx. */
  readonly owner: number;
}

/** The first line of a client. An empty line after it is a stop signal. */
interface CommandRequest {
  /** The arguments of the command. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** A line of the server. Nothing follows `exitCode` and `refused`; the client runs a refused command in a process of its own. */
type CommandReply =
  | { readonly stdout: string }
  | { readonly stderr: string }
  | { readonly exitCode: number }
  | { readonly refused: true };

export interface ServedBy {
  /** The process of the server. */
  readonly process: NodeJS.Process;
  readonly effectsOf: (process: CommandProcess) => Effects;
  /** Runs a command. Never rejects. */
  readonly main: (argv: readonly string[], effects: Effects) => Promise<void>;
}

/** Nx sets these variables for each task. They do not change the behaviour of the server's process. */
const OF_TASK = /^(?:NX_|LERNA_|NIGHTSHIFT_|FORCE_COLOR$|_$|SHLVL$)/;

const POLL_MILLISECONDS = 200;

/**
 * Runs the commands of all stacks of an Nx run in this process, each as if it had a process of its own: starting a process and loading the AWS
 * SDK takes longer than most of these commands. Ends when Nx has ended and no command and no Terraform runs.
 */
export async function serveCommands(
  { socket, owner }: CommandServerOptions,
  { process, effectsOf, main }: ServedBy,
): Promise<void> {
  const variables = new SharedVariables(process);
  /** The running commands, each with a function that ends it because of a defect. */
  const running = new Map<ServedProcess, (error: unknown) => void>();
  const server = net.createServer((client) => {
    const lines = createInterface({ input: client });
    // A client that was killed resets the connection.
    for (const source of [client, lines]) source.on('error', () => undefined);
    lines.once('line', (line) => {
      const request = JSON.parse(line) as CommandRequest;
      const reply = (text: CommandReply) => {
        client.write(`${JSON.stringify(text)}\n`);
      };
      if (request.cwd !== process.cwd() || !variables.allow(request.env)) {
        reply({ refused: true });
        return;
      }
      const command = new ServedProcess(request, process, reply);
      const effects = effectsOf(command);
      const end = (exitCode: number) => {
        if (running.delete(command)) reply({ exitCode });
      };
      running.set(command, (error) => {
        end(printError(error, effects));
      });
      lines.on('line', () => {
        command.stop();
      });
      void main(request.argv, effects).then(() => {
        end(command.code);
      });
    });
  });
  process.on('uncaughtException', (error) => {
    server.close();
    for (const fail of [...running.values()]) fail(error);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  // After a defect Terraform may still run. It would lose its pipes, and with them its chance to save the state.
  const hasChildren = () => process.getActiveResourcesInfo().includes('ProcessWrap');
  while (running.size > 0 || isProcessAlive(owner) || hasChildren()) await sleep(POLL_MILLISECONDS);
  server.close();
  await rm(dirname(socket), { recursive: true, force: true });
}

/**
 * The variables of the server's process, which configure the AWS SDK. They are those of the first command. A command with others, for
 * example from an `.env` file of its project, needs its own process.
 */
class SharedVariables {
  private readonly ofNode: string;
  private ofCommands: string | undefined;

  constructor(private readonly process: NodeJS.Process) {
    this.ofNode = nodeVariables(process.env);
  }

  public allow(env: Variables): boolean {
    const requested = fingerprint(env, (name) => !OF_TASK.test(name));
    if (this.ofCommands === undefined && nodeVariables(env) === this.ofNode) {
      this.ofCommands = requested;
      this.process.env = { ...env };
    }
    return requested === this.ofCommands;
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that Node.js reads when it starts. */
function nodeVariables(env: Variables): string {
  return fingerprint(env, (name) => name.startsWith('NODE_'));
}

function fingerprint(env: Variables, isCompared: (name: string) => boolean): string {
  return JSON.stringify(
    Object.entries(env)
      .filter(([name]) => isCompared(name))
      .sort(),
  );
}

/** The process of one command, as the command sees it: it writes to the client. */
class ServedProcess extends EventEmitter implements CommandProcess {
  public readonly argv: readonly string[];
  public readonly env: NodeJS.ProcessEnv;
  public readonly pid: number;
  public readonly stdin: CommandProcess['stdin'];
  public readonly stdout: Writable;
  public readonly stderr: Writable;
  public exitCode: number | undefined;
  private hasPendingStop = false;

  constructor(
    private readonly request: CommandRequest,
    server: NodeJS.Process,
    reply: (text: CommandReply) => void,
  ) {
    super();
    this.argv = ['node', 'nightshift', ...request.argv];
    this.env = request.env;
    this.pid = server.pid;
    this.stdin = server.stdin;
    this.stdout = writable((text) => {
      reply({ stdout: text });
    });
    this.stderr = writable((text) => {
      reply({ stderr: text });
    });
  }

  public cwd(): string {
    return this.request.cwd;
  }

  public override on(signal: StopSignal, listener: (signal: StopSignal) => void): this {
    super.on(signal, listener);
    // The signal arrived before the command had anything to stop.
    if (this.hasPendingStop) queueMicrotask(() => this.emit('SIGINT'));
    this.hasPendingStop = false;
    return this;
  }

  public stop(): void {
    this.hasPendingStop = !this.emit('SIGINT');
  }

  /** The exit code of a command that has ended. */
  public get code(): number {
    return this.exitCode ?? (this.hasPendingStop ? ExitCode.interrupted : ExitCode.done);
  }
}

function writable(write: (text: string) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      write(text);
      done();
    },
  });
}
