import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { connectEnvironment } from '@nightshift/aws-access';
import { loadEnvironment, requestedSuffix } from '@nightshift/config';
import { FakeAws } from '@nightshift/state-bucket/testing';
import { type ChosenStack, findStack } from '../chosen-stack';
import { type DeployOptions, deployStack } from '../deploy-stack';
import { type DestroyOptions, destroyStack } from '../destroy-stack';
import { type DriftOptions, driftOfStack } from '../drift-of-stack';
import { type PlanOptions, planStack } from '../plan-stack';
import { type PrepareOptions, prepareStack } from '../prepare-stack';
import { printError } from '../print-error';
import { outputsOfStack } from '../stack-state';
import { FakeRunEffects } from './fake-effects';
import { fakeWorkspace } from './fake-workspace';

type Connect = typeof connectEnvironment;

type VerbOptions = DeployOptions & DestroyOptions & DriftOptions & PlanOptions & PrepareOptions;

type Act = (stack: ChosenStack, options: VerbOptions, effects: FakeRunEffects, connect: Connect) => Promise<void>;

const verbs: Readonly<Record<string, Act>> = {
  plan: planStack,
  prepare: prepareStack,
  deploy: (...given) => deployStack('deploy', ...given),
  redeploy: (...given) => deployStack('redeploy', ...given),
  drift: driftOfStack,
  destroy: destroyStack,
  outputs: outputsOfStack,
};

/** The verbs on a stack as a user calls them, in a workspace of its own. */
export class StackVerbRun {
  readonly effects = new FakeRunEffects();
  readonly aws = new FakeAws();

  constructor() {
    this.effects.root = fakeWorkspace();
    this.effects.cwd = this.effects.root;
  }

  get terraform() {
    return this.effects.played;
  }

  /** @param line what follows `nightshift`: split at blanks, or as it is split. */
  async run(line: string | readonly string[]) {
    const { effects } = this;
    try {
      await this.act(line);
    } catch (thrown) {
      effects.exitWith(printError(thrown, effects));
    }
    return { ...effects.printed, exitCode: effects.exitCode };
  }

  /** The same, but rejects if the verb refuses to start. */
  async act(line: string | readonly string[]): Promise<void> {
    const { effects, aws } = this;
    const { verb, name, options } = parsed(typeof line === 'string' ? line.split(' ').filter(Boolean) : line);
    const stack = await this.stack(verb, name, options.configuration);
    await (verbs[verb] as Act)(stack, options, effects, () => Promise.resolve(aws.clients));
  }

  async stack(verb: string, name: string, environment = 'dev'): Promise<ChosenStack> {
    const { root, env } = this.effects;
    const directory = join(root, 'environments');
    const loaded = loadEnvironment({ directory, name: environment, suffix: requestedSuffix(env) });
    return await findStack({ verb, stack: name, environment: loaded, root });
  }

  /** Removes the workspace. */
  dispose(): void {
    rmSync(this.effects.root, { recursive: true });
  }
}

function parsed(args: readonly string[]) {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    options: {
      configuration: { type: 'string', short: 'c' },
      summary: { type: 'string' },
      'during-window': { type: 'string' },
      yes: { type: 'boolean', short: 'y' },
    },
  });
  const options = Object.entries(values).map(([key, value]) => {
    const property = key.replace(/^no-/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [property, key.startsWith('no-') ? false : value] as const;
  });
  const [verb, name] = positionals as [string, string];
  return { verb, name, options: { configuration: 'dev', lock: true, ...Object.fromEntries(options) } };
}
