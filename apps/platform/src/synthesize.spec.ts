import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { committedEnvironment, root } from './committed-environments.fixture';
import { synthesize } from './synthesize';
import { filesIn, inTemporaryDirectory } from './temporary-directory.fixture';

const environment = committedEnvironment('dev');
const written = (use: (outdir: string) => void = () => undefined) =>
  inTemporaryDirectory((directory) => {
    const outdir = join(directory, 'cdktf.out', 'dev');
    use(outdir);
    synthesize(environment, outdir);
    return filesIn(directory);
  });

describe('synthesis', () => {
  it('writes a manifest and one file a stack, and leaves nothing else behind', () => {
    expect(Object.keys(written())).toEqual([
      'cdktf.out/dev/manifest.json',
      'cdktf.out/dev/stacks/compute/cdk.tf.json',
      'cdktf.out/dev/stacks/network/cdk.tf.json',
      'cdktf.out/dev/stacks/observability/cdk.tf.json',
      'cdktf.out/dev/stacks/registry/cdk.tf.json',
    ]);
  });

  it('gives the same bytes for the same environment, wherever and whenever', () => {
    expect(JSON.stringify(written()) === JSON.stringify(written())).toBe(true);
  });

  it('knows nothing of the machine', () => {
    inTemporaryDirectory((directory) => {
      synthesize(environment, join(directory, 'out'));
      const text = JSON.stringify(filesIn(directory));
      const paths = [root, directory, homedir(), process.execPath, '.synth-'];
      expect(paths.filter((path) => text.includes(path))).toEqual([]);
    });
  });

  it('does not write a file that stays the same', () => {
    inTemporaryDirectory((outdir) => {
      synthesize(environment, outdir);
      const file = join(outdir, 'stacks/network/cdk.tf.json');
      utimesSync(file, 1, 1);
      writeFileSync(join(outdir, 'stacks/registry/cdk.tf.json'), 'outdated');
      synthesize(environment, outdir);
      expect(statSync(file).mtimeMs).toBe(1000);
      expect(filesIn(outdir)['stacks/registry/cdk.tf.json']).toContain('aws_ecr_repository');
    });
  });

  it("leaves Terraform's files beside the configuration alone", () => {
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

  it('changes nothing when it fails', () => {
    inTemporaryDirectory((directory) => {
      // A name that is too long for AWS: the loader would have refused it.
      const impossible = { ...environment, suffix: 'Not-A-Suffix' };
      expect(() => {
        synthesize(impossible, join(directory, 'out'));
      }).toThrow('is not a legal name for a');
      expect(readdirSync(directory)).toEqual([]);
    });
  });
});
