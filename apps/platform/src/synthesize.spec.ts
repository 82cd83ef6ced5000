import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { committedEnvironment, root, stackNames } from './committed-environments.fixture';
import { synthesize, synthesizeUnchecked } from './synthesize';
import { filesIn, inTemporaryDirectory } from './temporary-directory.fixture';

const TODAY = '2026-01-01';
const environment = committedEnvironment('dev');
const written = (use: (outdir: string) => void = () => undefined) =>
  inTemporaryDirectory((directory) => {
    const outdir = join(directory, 'cdktf.out', 'dev');
    use(outdir);
    synthesize(environment, outdir, TODAY);
    return filesIn(directory);
  });

describe('synthesis', () => {
  it('writes a manifest and one file per stack, and removes other files', () => {
    expect(Object.keys(written())).toEqual([
      'cdktf.out/dev/manifest.json',
      ...stackNames().map((stack) => `cdktf.out/dev/stacks/${stack}/cdk.tf.json`),
    ]);
  });

  it('writes the same bytes for the same environment, at any place and time', () => {
    expect(JSON.stringify(written()) === JSON.stringify(written())).toBe(true);
  });

  it('contains nothing of the machine', () => {
    inTemporaryDirectory((directory) => {
      synthesize(environment, join(directory, 'out'), TODAY);
      const text = JSON.stringify(filesIn(directory));
      const paths = [root, directory, homedir(), process.execPath, '.synth-'];
      expect(paths.filter((path) => text.includes(path))).toEqual([]);
    });
  });

  it('does not rewrite an unchanged file', () => {
    inTemporaryDirectory((outdir) => {
      synthesize(environment, outdir, TODAY);
      const file = join(outdir, 'stacks/network/cdk.tf.json');
      utimesSync(file, 1, 1);
      writeFileSync(join(outdir, 'stacks/registry/cdk.tf.json'), 'outdated');
      synthesize(environment, outdir, TODAY);
      expect(statSync(file).mtimeMs).toBe(1000);
      expect(filesIn(outdir)['stacks/registry/cdk.tf.json']).toContain('aws_ecr_repository');
    });
  });

  it("keeps Terraform's files next to the configuration", () => {
    const files = written((outdir) => {
      mkdirSync(join(outdir, 'stacks/network/.terraform'), { recursive: true });
      writeFileSync(join(outdir, 'stacks/network/.terraform/state'), 'mine');
      writeFileSync(join(outdir, 'stacks/network/plan.tfplan'), 'mine');
    });
    expect(files).toMatchObject({
      'cdktf.out/dev/stacks/network/.terraform/state': 'mine',
      'cdktf.out/dev/stacks/network/plan.tfplan': 'mine',
    });
  });

  it('refuses a violation without changing anything', () => {
    inTemporaryDirectory((directory) => {
      const container = { ...environment.container, environment: { FEED_PASSWORD: 'hunter2' } };
      expect(() => synthesize({ ...environment, container }, join(directory, 'out'), TODAY)).toThrow(
        /^dev: policy check failed, got 1 violation - fix .+\ncompute\/\S+ \(compute: aws_ecs_task_definition\.\w+\): no-secret-in-environment: /,
      );
      expect(readdirSync(directory)).toEqual([]);
    });
  });

  it('writes a violation without a policy check, to inspect or destroy it (R0.10)', () => {
    inTemporaryDirectory((directory) => {
      const container = { ...environment.container, environment: { FEED_PASSWORD: 'hunter2' } };
      synthesizeUnchecked({ ...environment, container }, join(directory, 'out'));
      expect(filesIn(directory)['out/stacks/compute/cdk.tf.json']).toContain('FEED_PASSWORD');
    });
  });

  it('accepts a waiver until it expires, and refuses one without a violation', () => {
    inTemporaryDirectory((directory) => {
      const container = { ...environment.container, environment: { FEED_PASSWORD: 'hunter2' } };
      const resource = 'compute/TaskDefinition/Resource';
      const rule = 'no-secret-in-environment';
      const waivers = [{ rule, resource, reason: 'Moved in March', expires: '2026-03-31', owner: 'Feeds' }];
      const waived = (today: string) =>
        synthesize({ ...environment, container, waivers }, join(directory, 'out'), today);
      expect(waived('2026-03-31')).toMatchObject({ passed: true, violations: [], waived: [{ rule: { id: rule } }] });
      expect(() => waived('2026-04-01')).toThrow(
        'environments/dev.yaml: waivers[0]: waiver-expired: a waiver is valid until its end date',
      );
      expect(() => synthesize({ ...environment, waivers }, join(directory, 'out'), TODAY)).toThrow(
        'environments/dev.yaml: waivers[0]: waiver-unused: a waiver has a violation of its rule',
      );
    });
  });

  it('changes nothing when it fails', () => {
    inTemporaryDirectory((directory) => {
      // A name that is too long for AWS: the loader would have refused it.
      const impossible = { ...environment, suffix: 'Not-A-Suffix' };
      expect(() => {
        synthesize(impossible, join(directory, 'out'), TODAY);
      }).toThrow('is not a legal name for a');
      expect(readdirSync(directory)).toEqual([]);
    });
  });
});
