import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { type Problem, UserError } from '@nightshift/errors';
import { asUserError } from '@nightshift/files';
import type { Check } from '@nightshift/release';
import type { FoundTerraform } from '@nightshift/terraform';
import type { RequirementsContext } from './requirements-context';

/** The requirements of this machine, for every environment. */
export function machineChecks(environment: Pick<Environment, 'cloud'>, context: RequirementsContext): Check[] {
  return [
    nodeCheck(context.nodeVersion),
    workspaceCheck(context),
    pythonCheck(environment, context),
    ...terraformChecks(context),
  ];
}

/** `engines` of the workspace's `package.json`. */
export const MINIMUM_NODE = 20;

/** @param version of the running Node.js, such as `20.20.2`. */
export function nodeCheck(version: string): Check {
  return {
    title: 'Node.js',
    run: () =>
      Promise.resolve(
        Number.parseInt(version, 10) >= MINIMUM_NODE
          ? { mark: 'OK', detail: version }
          : {
              mark: 'FAIL',
              detail: `${version} is too old`,
              remedy: `install version ${String(MINIMUM_NODE)} or newer: https://nodejs.org`,
            },
      ),
  };
}

/** Only the local cloud needs Python. */
export function pythonCheck(
  { cloud }: Pick<Environment, 'cloud'>,
  { effects, findPython }: Pick<RequirementsContext, 'effects' | 'findPython'>,
): Check {
  return {
    title: 'Python',
    run: async () => {
      if (cloud === 'aws') return { mark: 'SKIP', detail: 'required by the local cloud only' };
      const { version, executable } = await findPython(effects.env);
      return { mark: 'OK', detail: `${version} (${executable})` };
    },
  };
}

const TERRAFORM = 'Terraform';

const sources = {
  explicit: 'from NIGHTSHIFT_TERRAFORM',
  path: 'from PATH',
  cache: 'cached',
  download: 'downloaded',
} as const satisfies Record<FoundTerraform['source'], string>;

const products = { terraform: 'Terraform', opentofu: 'OpenTofu' } as const;

/** Terraform, and then a provider for it. */
export function terraformChecks({ effects, findTerraform, findProviders }: RequirementsContext): Check[] {
  const cacheDirectory = join(effects.root, '.nightshift');
  let found: Promise<FoundTerraform> | undefined;
  const terraform = () => (found ??= findTerraform({ env: effects.env, cacheDirectory }));
  return [
    {
      title: TERRAFORM,
      run: async () => {
        const { binary, source, notices } = await terraform();
        const where = `${products[binary.product]} ${binary.version}, ${sources[source]} (${binary.path})`;
        return { mark: 'OK', detail: [where, ...notices].join('; ') };
      },
    },
    {
      title: 'AWS provider',
      needs: [TERRAFORM],
      run: async () => {
        const { description } = await findProviders({ env: effects.env, cacheDirectory });
        return { mark: 'OK', detail: description };
      },
    },
  ];
}

/** The directories of the commands: synthesized files, the local cloud and downloads. */
const WRITTEN = ['cdktf.out', '.nightshift'];

/** Tries to write to the directories of the commands, or to their parent if they do not exist yet. */
export function workspaceCheck({
  effects: { root },
  tryToWrite,
}: Pick<RequirementsContext, 'effects' | 'tryToWrite'>): Check {
  return {
    title: 'workspace',
    run: async () => {
      const there = WRITTEN.filter((name) => existsSync(join(root, name)));
      const directories = there.length === WRITTEN.length ? there : [...there, '.'];
      for (const name of directories) {
        try {
          await tryToWrite(join(root, name));
        } catch (thrown) {
          const error = asUserError(thrown);
          if (!(error instanceof UserError)) throw thrown;
          const { what, todo } = error.problems[0] as Problem;
          return { mark: 'FAIL', detail: `${join(root, name)}: ${what}`, remedy: todo };
        }
      }
      return { mark: 'OK', detail: 'is writable' };
    },
  };
}
