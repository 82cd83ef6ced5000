import { type Answer, FRAME_BYTES, isSuccess } from './grpc-call';
import { configurationIn } from './plugin-messages';
import type { ProviderProcess } from './provider-process';

/** A process and its answer to `Configure`. */
interface Configured {
  readonly provider: ProviderProcess;
  readonly answer: Answer;
}

/**
 * One provider process for each provider configuration. A process cannot be configured twice: it would mix up the `default_tags` of two
 * configurations, and with `AWS_CA_BUNDLE` it fails ("unable to add custom RootCAs HTTPClient").
 * So each process is configured once, and the response to an equal request is cached.
 */
export class ProviderPool {
  private unconfigured: ProviderProcess | undefined;
  private readonly configured = new Map<string, Promise<Configured>>();

  constructor(
    /** The process for calls that do not depend on the configuration. */
    readonly first: ProviderProcess,
    private readonly start: () => Promise<ProviderProcess>,
  ) {
    this.unconfigured = first;
  }

  /** @param request the framed message. @param call sends it to a process. */
  async configure(request: Buffer, call: (provider: ProviderProcess) => Promise<Answer>): Promise<Configured> {
    const key = configurationIn(request.subarray(FRAME_BYTES)).toString('latin1');
    const known = this.configured.get(key);
    if (known) return await known;
    const pending = this.configureProcess(call);
    this.configured.set(key, pending);
    const forget = () => this.configured.delete(key);
    const configured = await pending.catch((error: unknown) => {
      forget();
      throw error;
    });
    // Terraform must show errors and warnings each time, so the next command configures a new process.
    if (!isSuccess(configured.answer)) forget();
    return configured;
  }

  private async configureProcess(call: (provider: ProviderProcess) => Promise<Answer>): Promise<Configured> {
    const free = this.unconfigured;
    this.unconfigured = undefined;
    const provider = free ?? (await this.start());
    return { provider, answer: await call(provider) };
  }
}
