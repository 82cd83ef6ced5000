import type {
  ControlRequest,
  DownResult,
  EnvironmentOptions,
  LocalCloud,
  LocalCloudStatus,
  LocalImage,
  RunningCloud,
  UpOptions,
  UpResult,
} from '@nightshift/local-cloud';

const running: RunningCloud = {
  running: true,
  url: 'http://127.0.0.1:45660',
  port: 45_660,
  pid: 4711,
  startedAt: '2025-01-01T00:00:00.000Z',
  outdated: false,
  timeScale: 60,
  environments: [],
};

/** A fake local cloud. */
export class FakeLocalCloud implements Pick<
  LocalCloud,
  'up' | 'down' | 'status' | 'environment' | 'childEnvironment' | 'makeImage' | 'control' | 'use' | 'useAlone'
> {
  current: LocalCloudStatus = { running: false };
  readonly controlled: ControlRequest[] = [];
  /** The result of `control`. */
  controlAnswer: unknown = {};
  /** A process that is deploying. */
  deploying: number | undefined;
  readonly upOptions: Omit<UpOptions, 'onProgress'>[] = [];

  /** An environment is deployed to it. */
  deploy = (suffix: string, url = 'http://127.0.0.1:45661'): void => {
    const environment = { suffix, region: 'us-east-1', loadBalancer: 'alb', url, testUrl: null };
    this.current = { ...running, ...this.current, running: true, environments: [environment] };
  };

  /** As `Effects.localCloud` gives it. */
  readonly provide = (): Promise<LocalCloud> => Promise.resolve(this as unknown as LocalCloud);

  up({ onProgress, ...upOptions }: UpOptions = {}): Promise<UpResult> {
    this.upOptions.push(upOptions);
    if (this.current.running) return Promise.resolve({ ...this.current, started: false });
    onProgress?.('installing moto');
    this.current = running;
    return Promise.resolve({ ...running, started: true });
  }

  down(): Promise<DownResult> {
    const stopped = this.current.running;
    this.current = { running: false };
    return Promise.resolve({ stopped });
  }

  status(): Promise<LocalCloudStatus> {
    return Promise.resolve(this.current);
  }

  control(request: ControlRequest): Promise<unknown> {
    this.controlled.push(request);
    return Promise.resolve(this.controlAnswer);
  }

  /** The recorded calls. */
  readonly uses: string[] = [];

  use<T>(doing: string, action: () => Promise<T>): Promise<T> {
    this.uses.push(doing);
    return action();
  }

  useAlone<T>(doing: string, onProgress: (message: string) => void, action: () => Promise<T>): Promise<T> {
    if (this.deploying !== undefined) {
      onProgress(`waiting for process ${String(this.deploying)}, which deploys to the local cloud`);
    }
    return this.use(doing, action);
  }

  makeImage(): Promise<LocalImage> {
    return Promise.resolve({
      manifest: '{}',
      digest: 'sha256:image',
      bundleDigest: 'sha256:bundle',
      configuration: '{}',
      configurationDigest: 'sha256:configuration',
    });
  }

  environment(): Promise<Record<string, string>> {
    return Promise.resolve({ AWS_ENDPOINT_URL: running.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  }

  async childEnvironment({ region }: EnvironmentOptions): Promise<Record<string, string>> {
    return { PATH: String(process.env['PATH']), ...(await this.environment()), ...(region && { AWS_REGION: region }) };
  }
}
