import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { missing } from '@nightshift/requirements/testing';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { changedStacks, register, startContext } from './start';
import { BUCKET, machine, root, start } from './start-machine.fixture';
import { FakeEffects } from '../../testing/fake-effects';

describe('nightshift start', () => {
  it('deploys an environment on a new machine, and prints a summary', async () => {
    const clone = machine();
    const output = await start(clone);
    expect(output).toBe(`Requirements of this machine
  [OK] Node.js: 22.1.0
  [OK] workspace: is writable
  [OK] Python: 3.12.1 (/usr/bin/python3)
  [OK] Terraform: Terraform 1.11.4, from PATH (/usr/bin/terraform)
  [OK] AWS provider: hashicorp/aws 5.100.0 from /opt/tf-plugins
  installing moto
  [OK] local cloud: started at http://127.0.0.1:45660
  [OK] state bucket: s3-tfstate-nightshift-local: 22 of 22 settings changed

Deploy, 1 of 2: network and registry, for the first image
npx nx run-many -t deploy -p network,registry -c local

Image
  [OK] image: initial pushed: the batch processor of this checkout

Deploy, 2 of 2: all stacks
npx nx run-many -t deploy -c local

Service
  [OK] service: version initial responds at http://127.0.0.1:20001

local is deployed: 2 stacks, 97 resources, 3 min 24 s

  service      http://127.0.0.1:20001
  version      initial
  local cloud  http://127.0.0.1:45660
  resources    network 57, compute 40

Send a job
  curl http://127.0.0.1:20001/jobs -H 'Content-Type: application/json' \\
    -d @apps/batch-processor/sample-job.json
  Its valueAtRisk is 55.25: on 3 of these 4 days, 100 shares lose at most 55.25.

Next steps
  npx nightshift status -c local                   show stacks and service
  npx nightshift dev -c local                      release each code change
  npx nightshift local push 2.0 -c local           push another version
  npx nx run compute:release -c local --image 2.0  release it and watch
  npx nx run-many -t plan -c local                 show changes: none now
  npx nightshift doctor -c local                   check the requirements
  npm run stop                                     delete everything
`);
    const nx = join(root, 'node_modules', '.bin', 'nx');
    const options = ['-c', 'local', '--output-style=stream-without-prefixes'];
    const env = { NIGHTSHIFT_START: '1' };
    expect(clone.ran).toEqual([
      { command: [nx, 'run-many', '-t', 'deploy', '-p', 'network,registry', ...options], cwd: root, env },
      { command: [nx, 'run-many', '-t', 'deploy', ...options], cwd: root, env },
    ]);
  });

  it('synthesizes while the local cloud starts, and not if it is running', async () => {
    const clone = machine();
    await start(clone);
    const nx = join(root, 'node_modules', '.bin', 'nx');
    const synthesis = { command: [nx, 'run', 'platform:synth', '-c', 'local'], cwd: root, cloudRuns: false };
    expect(clone.syntheses).toEqual([synthesis]);
    await start(clone);
    expect(clone.syntheses).toHaveLength(1);
  });

  it('lets the deploy report that Nx cannot be started', async () => {
    const clone = machine();
    clone.nx.program = join(root, 'missing');
    expect(await start(clone)).toContain('\nlocal is deployed: 2 stacks');
  });

  it('ends with a summary that fits on a screen of 24 rows and 80 columns', async () => {
    const output = await start(machine());
    const lines = output.slice(output.indexOf('\nlocal is deployed')).trim().split('\n');
    expect(lines.length).toBeLessThan(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('reports a response without a version', async () => {
    const clone = machine();
    clone.service.version = undefined;
    expect(await start(clone)).toContain('\n  version      unknown\n');
  });

  it('reports that nothing was changed when it runs again', async () => {
    const clone = machine();
    await start(clone);
    const output = await start(clone);
    expect(output).toContain(
      '  [OK] local cloud: is running at http://127.0.0.1:45660\n  [OK] state bucket: s3-tfstate-nightshift-local: up to date\n',
    );
    expect(output).toContain('\nlocal is up to date: 2 stacks, 97 resources, 1 min 42 s\n');
    expect(output).toContain('  [OK] image: initial exists in the repository\n');
  });

  it.each([
    [
      'a stack',
      (clone: ReturnType<typeof machine>) => void clone.aws.s3.bucket(BUCKET).delete('local/compute.tfstate'),
    ],
    ['the state bucket', ({ aws }) => void aws.s3.bucket(BUCKET).settings.delete('BucketVersioning')],
    ['the local cloud', ({ cloud }) => void cloud.down()],
  ] satisfies [string, (clone: ReturnType<typeof machine>) => void][])(
    'does not report that if %s was changed',
    async (_, spoil) => {
      const clone = machine();
      await start(clone);
      spoil(clone);
      expect(await start(clone)).toContain('\nlocal is deployed: 2 stacks');
    },
  );

  it('accepts only environments of the local cloud', async () => {
    const command = new Command('start').exitOverride();
    register(command, Object.assign(new FakeEffects(), { root }));
    await expect(command.parseAsync(['-c', 'dev'], { from: 'user' })).rejects.toThrow(
      'nightshift start: is for environments on the local cloud, got dev - deploy it to AWS: npx nightshift bootstrap -c dev, then npx nx run-many -t deploy -c dev',
    );
  });

  it('deploys another environment of the local cloud with -c', async () => {
    const clone = machine();
    writeFileSync(
      join(root, 'environments', 'other.yaml'),
      'cloud: local\ntags: { Project: p, CostCenter: c }\nstate: { bucket: s3-tfstate-nightshift-local }\n',
    );
    await start(clone, '-c', 'other');
    expect(clone.ran[0]?.command).toContain('other');
  });

  it('reports all missing requirements before it starts anything', async () => {
    const clone = machine();
    const context = {
      ...clone.context,
      nodeVersion: '18.0.0',
      findPython: () => Promise.reject(missing('Python')),
      findTerraform: () => Promise.reject(missing('Terraform')),
    };
    await expect(start({ ...clone, context })).rejects.toThrow(
      [
        'Node.js: 18.0.0 is too old - install version 20 or newer: https://nodejs.org',
        'Python: is missing, got nothing - install Python',
        'Terraform: is missing, got nothing - install Terraform',
      ].join('\n'),
    );
    expect(clone.cloud.current.running).toBe(false);
  });

  it('reports that the deployment failed, and how to continue', async () => {
    const clone = machine({ exitCode: 1 });
    const failed =
      'failed, got exit code 1 - see the errors above, fix the cause, then run npm start again to continue';
    await expect(start(clone)).rejects.toThrow(`npx nx run-many -t deploy -p network,registry -c local: ${failed}`);
    await expect(start(clone)).rejects.toThrow(`npx nx run-many -t deploy -c local: ${failed}`);
  });

  it('exits with 130 after an interruption', async () => {
    const clone = machine({ signal: true });
    expect(await start(clone)).not.toContain('is deployed');
    expect(clone.effects.printed.stderr).toBe('Interrupted; run npm start again to continue.\n');
    expect(clone.effects.exitCode).toBe(130);
    expect(clone.ran).toHaveLength(1);
    expect(await start(clone)).not.toContain('is deployed');
    expect(clone.ran).toHaveLength(2);
  });

  it('waits for another process that deploys, and shows its ID', async () => {
    const clone = machine();
    clone.cloud.deploying = 4712;
    expect(await start(clone)).toContain(
      '  [OK] local cloud: started at http://127.0.0.1:45660\n  waiting for process 4712, which deploys to the local cloud\n',
    );
    expect(clone.cloud.uses).toEqual(['npm start of local']);
  });

  it('reports that the local cloud is older than the checkout', async () => {
    const clone = machine();
    clone.cloud.current = { ...(await clone.cloud.up()), outdated: true };
    expect(await start(clone)).toContain(
      '  [OK] local cloud: is running at http://127.0.0.1:45660; it runs an older version of this checkout; to restart: npm run stop, then npm start\n',
    );
  });
});

describe('startContext', () => {
  it('describes this machine', () => {
    expect(startContext(new FakeEffects()).nodeVersion).toBe(process.versions.node);
  });
});

const directory = join(fakeWorkspace(), 'cdktf.out', 'dev', 'stacks');

function lastRun(stack: string, counts: object): void {
  writeFileSync(join(directory, stack, 'run.json'), JSON.stringify({ add: 0, change: 0, remove: 0, ...counts }));
}

describe('changedStacks', () => {
  it.each([{ add: 1 }, { change: 1 }, { remove: 1 }])(
    'returns a stack whose last run changed something: %j',
    async (counts) => {
      lastRun('network', counts);
      lastRun('compute', {});
      expect(await changedStacks(directory, ['network', 'compute'])).toEqual(['network']);
    },
  );

  it('omits a stack without a run on this machine', async () => {
    expect(await changedStacks(directory, ['of-another-checkout'])).toEqual([]);
  });

  it('throws for an invalid record', async () => {
    writeFileSync(join(directory, 'network', 'run.json'), 'gibberish');
    await expect(changedStacks(directory, ['network'])).rejects.toThrow('not valid JSON');
  });
});
