import { UserError } from '@nightshift/errors';
import { choosePort } from './choose-port';
import { cloudVariables, withCloudVariables, type ProcessEnvironment } from './cloud-environment';
import { cloudFiles, makeCloudFolders, type CloudFiles } from './cloud-files';
import {
  runningCloud,
  type LocalCloudStatus,
  type RunningCloud,
  askHealth,
  controlHeaders,
  urlOf,
} from './server-health';
import { asCloudUser, refuseWhileUsed, withCloudLock } from './cloud-users';
import type { Machine } from './machine';
import { codeFingerprint, prepareVirtualEnvironment } from './virtual-environment';
import { keepImageFiles, localImage, type LocalImage, type LocalImageProps } from './local-image';
import { readServerRecord, removeServerRecord, type ServerRecord } from './server-record';
import { forgetPreviousServer, startServer, type Quotas, stopServer } from './server';
import { thisMachine } from './this-machine';

export interface LocalCloudOptions {
  /** The workspace; the local cloud keeps everything it makes in `<root>/.nightshift/local`. */
  readonly root: string;
  /**
   * Where `PATH`, `NIGHTSHIFT_PYTHON`, pip's settings and `NIGHTSHIFT_LOCAL_DIRECTORY` (a second cloud beside the usual one)
   * come from.
   */
  readonly env: ProcessEnvironment;
  /** @default - this machine's */
  readonly machine?: Machine;
  /** @default - this machine's */
  readonly platform?: NodeJS.Platform;
}

export interface UpOptions {
  /** @default - 45660, or any free port if that is in use */
  readonly port?: number | undefined;
  /** See {@link RunningCloud.timeScale}. @default - `NIGHTSHIFT_TIME_SCALE`, else 60 */
  readonly timeScale?: number | undefined;
  /** See {@link Quotas}. @default - higher values than those of a new account */
  readonly quotas?: Quotas | undefined;
  /** Evaluates IAM policies for roles and users. The key of the local cloud allows everything. @default - false */
  readonly enforceIam?: boolean | undefined;
  /** Called with one line for each step, and every few seconds during a long one. */
  readonly onProgress?: (message: string) => void;
}

export interface UpResult extends RunningCloud {
  /** False when it was running before. */
  readonly started: boolean;
}

export interface DownResult {
  /** False when nothing was running. */
  readonly stopped: boolean;
}

export interface ControlRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under `/nightshift/`. */
  readonly path: string;
  readonly body?: unknown;
}

export interface EnvironmentOptions {
  /** Sets `AWS_REGION` and `AWS_DEFAULT_REGION`. @default - none */
  readonly region?: string | undefined;
}

const WHERE = 'local cloud';
// After `local up` the cloud is empty, so that the command that failed would fail again.
const UP = 'npm start';
const DOWN = 'npm run stop';

function nothing(): void {
  return;
}

/** An AWS emulator on this machine: a moto server with extensions, running in the background. */
export class LocalCloud {
  private readonly files: CloudFiles;
  private readonly env: ProcessEnvironment;
  private readonly machine: Machine;
  private readonly platform: NodeJS.Platform;

  constructor({ root, env, machine = thisMachine, platform = process.platform }: LocalCloudOptions) {
    this.files = cloudFiles(root, env);
    this.env = env;
    this.machine = machine;
    this.platform = platform;
  }

  /** Starts it, or finds it running. @throws UserError when Python, PyPI or the port is not available */
  async up({ onProgress = nothing, ...asked }: UpOptions = {}): Promise<UpResult> {
    await makeCloudFolders(this.files, this.platform);
    return await this.alone(this.files.serverLock, onProgress, async () => {
      const status = await this.status();
      if (status.running) return this.found(status, asked, onProgress);
      const { files, env, machine } = this;
      const askedPort = asked.port === undefined ? undefined : await choosePort(asked.port, machine);
      const python = await this.prepare(onProgress);
      await forgetPreviousServer(files, status, onProgress);
      const fingerprint = await codeFingerprint(files.python);
      // Chosen after the installation, which takes a minute, during which another program may take the port.
      const port = askedPort ?? (await choosePort(undefined, machine));
      onProgress(`starting the local cloud on ${urlOf(port)}`);
      const health = await startServer({
        files,
        env: { ...env, ...(asked.timeScale && { NIGHTSHIFT_TIME_SCALE: String(asked.timeScale) }) },
        machine,
        python,
        port,
        fingerprint,
        quotas: asked.quotas,
        enforceIam: asked.enforceIam,
      });
      return { started: true, ...runningCloud(port, health, fingerprint) };
    });
  }

  /**
   * Stops it and deletes everything that was deployed to it. Succeeds if it is not running.
   * @throws UserError while another process uses it
   */
  down(onProgress: (message: string) => void = nothing): Promise<DownResult> {
    const { files, machine } = this;
    return this.alone(files.serverLock, onProgress, async () => {
      const status = await this.status();
      if (status.running) {
        await refuseWhileUsed(files.users, machine);
        await stopServer(status.pid, machine);
      }
      await removeServerRecord(files.record);
      return { stopped: status.running };
    });
  }

  async status(): Promise<LocalCloudStatus> {
    const record = await readServerRecord(this.files.record);
    if (!record) return { running: false };
    const health = await askHealth(record, this.machine.ask);
    if (!health) return { running: false, diedLog: this.files.log };
    return runningCloud(record.port, health, await codeFingerprint(this.files.python));
  }

  /** The variables that point an AWS client to it. @throws UserError when it is not running or does not answer */
  async environment({ region }: EnvironmentOptions = {}): Promise<Record<string, string>> {
    const record = await this.requireRecord();
    return cloudVariables(urlOf(record.port), record, region);
  }

  /**
   * Calls the control API, which AWS does not have: `{ method: 'POST', path: 'faults', body: … }`.
   * @throws UserError when it is not running, or with the reason when it refuses
   */
  async control({ method, path, body }: ControlRequest): Promise<unknown> {
    const record = await this.requireRecord();
    const url = `${urlOf(record.port)}/nightshift/${path}`;
    const answer = await this.machine.ask(url, { method, body, headers: controlHeaders(record) });
    if (answer?.status === 200) return answer.content;
    const { message = 'no answer' } = (answer?.content ?? {}) as { readonly message?: string };
    throw new UserError({
      where: WHERE,
      what: 'refused the request',
      got: message,
      todo: 'see npx nightshift local fault --help',
    });
  }

  /**
   * All variables of a program that must call only the local cloud: the caller's without AWS settings, plus `environment()`.
   * @throws UserError when it is not running or does not answer
   */
  async childEnvironment(options: EnvironmentOptions = {}): Promise<Record<string, string>> {
    return withCloudVariables(this.env, await this.environment(options));
  }

  /** Runs `action`, which uses the local cloud; `down` refuses in the meantime. @param doing such as `deploy of compute` */
  use<T>(doing: string, action: () => Promise<T>): Promise<T> {
    return asCloudUser({ folder: this.files.users, doing, machine: this.machine }, action);
  }

  /** The same, one process at a time: other processes wait, and report the current one. */
  useAlone<T>(doing: string, onProgress: (message: string) => void, action: () => Promise<T>): Promise<T> {
    const { machine, files } = this;
    const lock = { path: files.deployLock, host: machine, verb: 'deploys to', onProgress } as const;
    return withCloudLock(lock, () => this.use(doing, action));
  }

  /** Makes an image of the workload; the running server can run its tasks once the image is in one of its repositories. */
  async makeImage(props: LocalImageProps): Promise<LocalImage> {
    const image = localImage(props);
    await keepImageFiles(this.files.bundles, image, props.bundle);
    return image;
  }

  /** Returns the Python that runs it, and installs it if necessary. @throws UserError when that fails */
  async prepare(onProgress: (message: string) => void = nothing): Promise<string> {
    const { files, env, machine, platform } = this;
    await makeCloudFolders(files, platform);
    return await this.alone(files.virtualEnvironmentLock, onProgress, () =>
      prepareVirtualEnvironment({ files, env, machine, platform, onProgress }),
    );
  }

  /** @throws UserError when it is not running or does not answer */
  private async requireRecord(): Promise<ServerRecord> {
    const record = await readServerRecord(this.files.record);
    if (!record) throw new UserError({ where: WHERE, what: 'is not running', todo: `start it and deploy: ${UP}` });
    if (await askHealth(record, this.machine.ask)) return record;
    throw new UserError({
      where: WHERE,
      what: 'no longer answers, and its resources are lost',
      got: `no reply; its log is ${this.files.log}`,
      todo: `start it again and deploy: ${UP}`,
    });
  }

  private found(status: RunningCloud, asked: UpOptions, onProgress: (message: string) => void): UpResult {
    const todo = `stop it first, with all that is deployed to it: ${DOWN}`;
    if (asked.port !== undefined && asked.port !== status.port) {
      const got = `--port ${String(asked.port)}`;
      throw new UserError({ where: WHERE, what: `already runs on ${status.url}`, got, todo });
    }
    if (asked.timeScale !== undefined && asked.timeScale !== status.timeScale) {
      const got = `--time-scale ${String(asked.timeScale)}`;
      throw new UserError({
        where: WHERE,
        what: `already runs with time scale ${String(status.timeScale)}`,
        got,
        todo,
      });
    }
    if (asked.quotas) throw new UserError({ where: WHERE, what: `already runs, with the quotas of its start`, todo });
    if (asked.enforceIam) throw new UserError({ where: WHERE, what: 'already runs', got: '--enforce-iam', todo });
    onProgress(`the local cloud is running on ${status.url}`);
    if (status.outdated) {
      onProgress(`it runs older code than this checkout; to restart it: ${DOWN}, then ${UP}`);
    }
    return { started: false, ...status };
  }

  private alone<T>(path: string, onProgress: (message: string) => void, action: () => Promise<T>): Promise<T> {
    return withCloudLock({ path, host: this.machine, verb: 'uses', onProgress }, action);
  }
}
