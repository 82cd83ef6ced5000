import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { everydayCommands, UserError } from '@nightshift/errors';
import type { ChosenStack } from './chosen-stack';
import { readConstructPaths } from './read-construct-paths';
import { dependentStacks, readStackManifest } from './stack-manifest';

interface FindStack {
  readonly verb: string;
  /** As the user wrote it. */
  readonly stack: string | undefined;
  readonly environment: Environment;
  readonly root: string;
}

/** A synthesized stack. @throws {UserError} when there is no such stack, or nothing has been synthesized. */
export async function findStack({ verb, stack, environment, root }: FindStack): Promise<ChosenStack> {
  const outdir = join('cdktf.out', environment.suffix);
  const manifest = await readStackManifest(join(root, outdir));
  if (!manifest) {
    const { nxRun } = everydayCommands(environment);
    throw new UserError({
      where: outdir,
      what: `${environment.suffix} has not been synthesized`,
      todo: `run ${nxRun('platform', 'synth')}, or let Nx do both: ${nxRun(stack ?? '<stack>', verb)}`,
    });
  }
  const known = [...manifest.keys()];
  if (stack === undefined || !manifest.has(stack)) {
    throw new UserError({
      where: `nightshift ${verb}`,
      what: stack === undefined ? 'no stack is named' : 'there is no such stack',
      got: stack,
      todo: `use one of ${known.join(', ')}`,
    });
  }
  const directory = join(outdir, 'stacks', stack);
  const constructPath = await readConstructPaths(join(root, directory, 'cdk.tf.json'));
  return {
    name: stack,
    environment,
    directory,
    absoluteDirectory: join(root, directory),
    constructPath,
    siblings: known,
    dependents: dependentStacks(manifest, [stack]),
  };
}
