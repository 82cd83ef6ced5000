import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { fakeClient, sdkError } from '@nightshift/testing/aws';
import { Command } from 'commander';
import { requirementsFixture } from '@nightshift/requirements/testing';
import { FakeLocalCloud } from '../../testing/fake-local-cloud';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import type { ProcessVariables, RegistryClients } from '@nightshift/aws-access';
import { register, type StartContext } from './start';
import { FakeEffects } from '../../testing/fake-effects';

export const BUCKET = 's3-tfstate-nightshift-local';

export const root = fakeWorkspace();

export const ADDRESS = 'http://127.0.0.1:20001';

/** The registry of an environment. */
function registry() {
  const images = new Set<string>();
  const repository = { exists: false };
  const refusal = { error: undefined as Error | undefined };
  const describe = ({ imageIds: [id] }: { imageIds: [{ imageTag?: string; imageDigest?: string }] }) => {
    if (!repository.exists) throw sdkError('RepositoryNotFoundException');
    if (!images.has(String(id.imageTag ?? id.imageDigest))) throw sdkError('ImageNotFoundException');
    return { imageDetails: [{ imageDigest: 'sha256:1' }] };
  };
  const put = ({ imageTag }: { imageTag: string }) => (images.add(imageTag), {});
  const handlers = { DescribeImages: describe as () => object, PutImage: put as () => object };
  return { images, repository, refusal, ecr: fakeClient(handlers, () => refusal.error) as ECRClient };
}

/** A machine with a fake Nx, which writes states, takes time and ends with an exit code. */
export function machine({ exitCode = 0, signal = false } = {}) {
  const cloud = new FakeLocalCloud();
  const { context: doctor, aws } = requirementsFixture(cloud.provide);
  const fixture = { aws, cloud };
  const images = registry();
  const service = {
    statuses: [200] as (number | undefined)[],
    version: 'initial' as string | undefined,
    requests: [] as string[],
  };
  const effects = Object.assign(new FakeEffects(), { root, localCloud: fixture.cloud.provide });
  const ran: { command: string[]; cwd: unknown; env: ProcessVariables['env'] }[] = [];
  /** The runs of synth during the start of the local cloud. */
  const syntheses: { command: string[]; cwd: unknown; cloudRuns: boolean }[] = [];
  const nx = { exitCode, signal, program: process.execPath };
  const play = (file: string, args: string[], options: { cwd?: unknown; env: ProcessVariables['env'] }) => {
    if (file === 'npm') {
      writeFileSync(String(args.at(-1)).replace('--outfile=', ''), '// the workload');
      return spawn(process.execPath, ['-e', '']);
    }
    if (args.includes('platform:synth')) {
      syntheses.push({ command: [file, ...args], cwd: options.cwd, cloudRuns: fixture.cloud.current.running });
      return spawn(nx.program, ['-e', '']);
    }
    ran.push({ command: [file, ...args], cwd: options.cwd, env: options.env });
    const suffix = String(args[args.indexOf('-c') + 1]);
    images.repository.exists = true;
    const onlyFirst = args.includes('-p');
    if (!onlyFirst) fixture.cloud.deploy(suffix, ADDRESS);
    const bucket = fixture.aws.s3.bucket(BUCKET);
    for (const [stack, state] of Object.entries(states)) {
      if (onlyFirst && stack === 'compute') continue;
      const add = bucket.objects.has(`local/${stack}.tfstate`) ? 0 : 1;
      const run = join(root, 'cdktf.out', 'local', 'stacks', stack, 'run.json');
      writeFileSync(run, JSON.stringify({ add, change: 0, remove: 0 }));
      bucket.put(`local/${stack}.tfstate`, state);
    }
    effects.advance(102_000);
    if (nx.signal)
      setImmediate(() => {
        effects.signal('SIGTERM');
      });
    return spawn(process.execPath, [
      '-e',
      nx.signal ? 'setTimeout(() => {}, 20000)' : `process.exit(${String(nx.exitCode)})`,
    ]);
  };
  Object.assign(effects, { spawn: play });
  const context: StartContext = {
    ...doctor,
    connectRegistry: () => Promise.resolve({ ecr: images.ecr } as RegistryClients),
    serviceAnswer: (url) => {
      service.requests.push(url);
      const status = service.statuses.length > 1 ? service.statuses.shift() : service.statuses[0];
      return Promise.resolve(status === undefined ? undefined : { status, version: service.version });
    },
    sleep: (milliseconds) => {
      effects.advance(milliseconds);
      return Promise.resolve();
    },
  };
  return { ...fixture, context, effects, ran, syntheses, nx, images, service };
}

const states = {
  network: state(57, { vpc_id: 'vpc-1' }),
  compute: state(40, {
    cluster_name: 'ecs-cluster-local',
    load_balancer_dns_name: 'alb-local-1.us-east-1.elb.amazonaws.com',
  }),
};

function state(resources: number, values: Record<string, string>): string {
  const outputs = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
  const managed = { mode: 'managed', instances: Array.from({ length: resources }) };
  return JSON.stringify({ version: 4, serial: 1, outputs, resources: [managed] });
}

/** What `nightshift start` prints. */
export async function start({ effects, context }: ReturnType<typeof machine>, ...args: string[]) {
  effects.printed.stdout = '';
  const command = new Command('start').exitOverride();
  register(command, effects, () => context);
  await command.parseAsync(args, { from: 'user' });
  return effects.printed.stdout;
}
