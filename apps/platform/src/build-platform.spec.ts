import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformResource, TerraformStack } from 'cdktf';
import { buildPlatform } from './build-platform';
import { committedEnvironment, committedEnvironments, root, stackNames } from './committed-environments.fixture';
import { filesIn, inTemporaryDirectory } from './temporary-directory.fixture';

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}
interface StackJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** The app and what it wrote, by path. */
function synthesized(environment = committedEnvironment('dev')) {
  return inTemporaryDirectory((outdir) => {
    const app = buildPlatform({ environment, outdir });
    app.synth();
    return { app, files: filesIn(outdir) };
  });
}

describe('the platform', () => {
  const { app, files } = synthesized();
  const manifest = JSON.parse(files['manifest.json']!) as Manifest;
  const stacks = Object.keys(manifest.stacks);

  it('has the stack of each app (R0.1)', () => {
    expect(stacks.sort()).toEqual(stackNames());
  });

  it('has the dependencies in package.json, by which Nx orders deployments (R0.2, R0.4)', () => {
    const declared = stacks.map((stack) => {
      const text = readFileSync(join(root, 'apps', stack, 'package.json'), 'utf8');
      const { dependencies } = JSON.parse(text) as { readonly dependencies: Readonly<Record<string, string>> };
      return [stack, stacks.filter((other) => `@nightshift/${other}` in dependencies)];
    });
    const read = stacks.map((stack) => [stack, [...manifest.stacks[stack]!.dependencies].sort()]);
    expect(Object.fromEntries(read)).toEqual(Object.fromEntries(declared));
  });

  it('tags every resource that supports tags (R0.9)', () => {
    const { tags } = committedEnvironment('dev');
    const taggable = app.node
      .findAll()
      .filter((node) => TerraformResource.isTerraformResource(node) && 'tagsInput' in node);
    const untagged = taggable.filter((node) => {
      const { terraformResourceType, friendlyUniqueId } = node as TerraformResource;
      const { resource } = JSON.parse(files[`stacks/${TerraformStack.of(node).node.id}/cdk.tf.json`]!) as StackJson;
      const { Environment, Project, CostCenter } = (resource[terraformResourceType]![friendlyUniqueId]!['tags'] ??
        {}) as Record<string, string>;
      return JSON.stringify({ Environment, Project, CostCenter }) !== JSON.stringify(mandatory(tags));
    });
    expect(taggable.length).toBeGreaterThan(50);
    expect(untagged.map(({ node }) => node.path)).toEqual([]);
  });

  it.each(committedEnvironments().map((environment) => [environment.suffix, environment] as const))(
    'of %s is complete and destroyable (R0.10, R0.11)',
    (suffix, environment) => {
      const written = synthesized(environment).files;
      expect(Object.keys(written)).toEqual([
        'manifest.json',
        ...stackNames().map((stack) => `stacks/${stack}/cdk.tf.json`),
      ]);
      expect(written['stacks/network/cdk.tf.json']).toContain(`"key": "${suffix}/network.tfstate"`);
    },
  );
});

function mandatory({ Environment, Project, CostCenter }: Readonly<Record<string, string>>) {
  return { Environment, Project, CostCenter };
}
