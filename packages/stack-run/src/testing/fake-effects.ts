import type { LocalClouds, ProcessVariables } from '@nightshift/aws-access';
import type { Keyboard, ProcessControl } from '@nightshift/console';
import { FakeTerminal } from '@nightshift/console/testing';
import type { LocalCloud } from '@nightshift/local-cloud';
import type { Report } from '@nightshift/policy';
import type { BalancerInUse, ReleaseDue, ReleaseRemains, UnhealthyService } from '@nightshift/release';
import type { StateObjects, StoredObject } from '@nightshift/state-bucket';
import type {
  Directories,
  Identifiers,
  Installation,
  StackTraces,
  StateStorage,
  Synthesis,
  TerraformHandoff,
  TerraformRunner,
  TerraformRuns,
} from '../effects';
import { FakeTerraform } from './fake-terraform';

const installation: Installation = {
  binary: { path: 'terraform', version: '1.11.4', product: 'terraform' },
  env: { PATH: '/bin' },
  notices: [],
};

/** Fake effects of a run: records the output; clock, Terraform and local cloud are fakes. */
export class FakeRunEffects
  extends FakeTerminal
  implements
    Keyboard,
    ProcessControl,
    ProcessVariables,
    Directories,
    Identifiers,
    StackTraces,
    Synthesis,
    LocalClouds,
    TerraformHandoff,
    StateStorage,
    TerraformRunner
{
  env: Record<string, string | undefined> = {};
  envFiles: ProcessVariables['envFiles'] = {};
  interactive = false;
  /** The typed answer to a question, or the error of Ctrl-C. */
  answer: string | Error = '';
  readonly questions: string[] = [];
  exitCode: number | undefined;
  cwd = '/';
  root = '/';
  readonly installed = { env: undefined as ProcessVariables['env'] | undefined, notices: [] as string[] };
  readonly played = new FakeTerraform();
  readonly synthesized: { readonly name: string; readonly suffix: string; readonly directory: string }[] = [];
  readonly readableTrace = (trace: string): string => trace.replaceAll('bundle.cjs', 'source.ts');
  /** Directories that were written without a policy check. */
  readonly unchecked: string[] = [];
  /** The report of the policy check. */
  report: Report = { violations: [], waived: [], ruleResults: [], notChecked: [], passed: true };

  /** The objects of every state bucket. */
  readonly stored = new FakeStateObjects();
  readonly stateObjects: StateStorage['stateObjects'] = () => Promise.resolve(this.stored);

  readonly ask = (question: string): Promise<string> => {
    this.questions.push(question);
    return answered(this.answer);
  };

  readonly exitWith = (code: number): void => {
    this.exitCode = code;
  };

  readonly newId = (): string => 'fresh-id';

  synthesizeUnchecked: Synthesis['synthesizeUnchecked'] = ({ name, suffix }, directory) => {
    this.unchecked.push(directory);
    this.synthesized.push({ name, suffix, directory });
    return Promise.resolve();
  };

  /** The state of releases. */
  pendingChanges: ReleaseDue | Error = { runs: true, definition: [], service: [] };
  ports: readonly number[] | Error = [];
  balancer: BalancerInUse | Error | undefined;
  revisions: readonly string[] | Error = [];
  /** The remains of an ended release, such as suspended auto-scaling. */
  remains: ReleaseRemains | Error = { kind: 'nothing' };
  unhealthy: UnhealthyService | Error | undefined;
  /** Environments whose images in use were kept. */
  readonly keptImages: string[] = [];
  keepImages: Error | undefined;
  strayLogGroup: string | Error | undefined;
  lateLogGroup: boolean | Error = false;
  /** Whether each sweep waited. */
  readonly swept: boolean[] = [];
  readonly releases: TerraformHandoff['releases'] = {
    pendingChanges: () => answered(this.pendingChanges),
    portsInUse: () => answered(this.ports),
    balancerInUse: () => answered(this.balancer),
    finishEnded: () => answered(this.remains),
    awaitHealthyTask: (_environment, onWait) => {
      if (this.unhealthy) onWait();
      return answered(this.unhealthy);
    },
    keepImages: ({ suffix }) => {
      this.keptImages.push(suffix);
      return answered(this.keepImages);
    },
    strayLogGroup: () => answered(this.strayLogGroup),
    sweepLogGroup: (_environment, wait) => {
      this.swept.push(wait);
      return answered(this.lateLogGroup);
    },
    deregister: () => answered(this.revisions),
  };

  checkPolicy: Synthesis['checkPolicy'] = () => Promise.resolve(this.report);

  cloudStatus: { readonly running: boolean; readonly startedAt?: string } = { running: false };
  /** The recorded uses of the local cloud. */
  readonly cloudUses: string[] = [];
  readonly localCloud = (): Promise<LocalCloud> =>
    Promise.resolve({
      childEnvironment: ({ region }: { region?: string }) =>
        Promise.resolve({ AWS_ENDPOINT_URL: 'http://127.0.0.1:45660', AWS_REGION: region }),
      status: () => Promise.resolve(this.cloudStatus),
      use: <T>(doing: string, action: () => Promise<T>) => {
        this.cloudUses.push(doing);
        return action();
      },
    } as unknown as LocalCloud);

  installation: TerraformRunner['installation'] = (env) => {
    this.installed.env = env;
    return Promise.resolve({ ...installation, notices: this.installed.notices });
  };

  readonly terraform: TerraformRunner['terraform'] = (options): Promise<TerraformRuns> => {
    this.played.options = options;
    return Promise.resolve(this.played);
  };
}

function answered<T>(answer: T | Error): Promise<T> {
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
}

/** State buckets in memory. */
class FakeStateObjects implements StateObjects {
  readonly objects = new Map<string, StoredObject>();
  private writes = 0;

  readonly read: StateObjects['read'] = (bucket, key) => Promise.resolve(this.objects.get(`${bucket}/${key}`));

  readonly write: StateObjects['write'] = (bucket, key, text) => {
    this.objects.set(`${bucket}/${key}`, { text, version: String((this.writes += 1)) });
    return Promise.resolve();
  };

  readonly caller = () => Promise.resolve('arn:aws:sts::123456789012:assumed-role/deploy/ci');
}
