/** The variables of a process, as in `process.env`. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

export interface LocalCloudOptions {
  /** The workspace; the local cloud keeps everything it makes in `<root>/.nightshift/local`. */
  readonly root: string;
  /** Where `NIGHTSHIFT_PYTHON`, `PATH` and pip's settings come from. */
  readonly env: ProcessEnvironment;
}

export interface RunningCloud {
  readonly running: true;
  /** Such as `http://127.0.0.1:45660`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Its code differs from the checkout's: `down` and `up` bring the new one. */
  readonly outdated: boolean;
}

export interface StoppedCloud {
  readonly running: false;
  /** Where the log of a server is that ended without `down`. @default - it was never started, or stopped by `down` */
  readonly diedLog?: string;
}

export type LocalCloudStatus = RunningCloud | StoppedCloud;

export interface UpOptions {
  /** @default - 45660, or any free port where another program has that one */
  readonly port?: number | undefined;
  /** Called with one line for each step and every few seconds within a long one. */
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

export interface EnvironmentOptions {
  /** Sets `AWS_REGION`. @default - the caller's own */
  readonly region?: string | undefined;
}

/** An AWS on this machine, behind the same API: a moto server with our extensions, running in the background. */
export class LocalCloud {
  constructor(readonly options: LocalCloudOptions) {}

  /** Starts it, or finds it running. @throws UserError when Python, PyPI or the port is not to be had */
  up(options: UpOptions = {}): Promise<UpResult> {
    return notYet(options);
  }

  /** Stops it and forgets all that was deployed to it. Nothing running is no error. */
  down(): Promise<DownResult> {
    return notYet({});
  }

  status(): Promise<LocalCloudStatus> {
    return notYet({});
  }

  /** The variables that lead an AWS client to it. @throws UserError when it is not running or does not answer */
  environment(options: EnvironmentOptions = {}): Promise<Record<string, string>> {
    return notYet(options);
  }

  /**
   * The whole environment for a program that must talk to the local cloud only: ours, without what would lead it elsewhere
   * (profiles, session tokens, endpoints of single services), plus `environment()`.
   * @throws UserError when it is not running or does not answer
   */
  childEnvironment(options: EnvironmentOptions = {}): Promise<Record<string, string>> {
    return notYet(options);
  }
}

function notYet(given: object): Promise<never> {
  return Promise.reject(new Error(`not built: ${JSON.stringify(given)}`));
}
