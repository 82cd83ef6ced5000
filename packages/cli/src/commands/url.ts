import type { LocalClouds } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import { everydayCommands, UserError, ExitCode } from '@nightshift/errors';
import type { Command } from 'commander';
import { addConfigurationOption, type ConfigurationOption } from '../verb-options';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import type { Effects } from '../effects';
import { onReleases, releaseWorld, type ReleaseWorld } from './release/on-releases';

export const output = {
  url: environmentResult('url', { url: z.string().describe('URL of the production listener.') }),
};

interface UrlOptions extends ConfigurationOption {
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addConfigurationOption(command)
    .description(
      'Print the URL of the service: the production listener of the load balancer, or on the local cloud, its address on this machine.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  curl "$(npx nightshift url -c dev)/health"')
    .action(async ({ json = false, ...options }: UrlOptions) => {
      await onReleases('url', options, world, effects, async ({ verb, environment, context, engine }) => {
        const url =
          environment.cloud === 'local' ? await localUrl(environment, effects) : await engine.serviceUrl(context);
        if (json) effects.stdout.json(output.url, { ...resultOf({ verb, environment }), url, exitCode: ExitCode.done });
        else effects.stdout.write(`${url}\n`);
      });
    });
}

/** @throws {UserError} when the environment is not deployed to the local cloud. */
export async function localUrl(environment: Environment, effects: LocalClouds): Promise<string> {
  const found = await localAddress(environment, effects);
  if (found !== undefined) return found;
  throw new UserError({
    where: `environment ${environment.suffix}`,
    what: 'the local cloud has no load balancer of this environment',
    todo: `deploy it: ${everydayCommands(environment).nx('deploy')}`,
  });
}

/** Where the local cloud serves an environment; undefined unless it is deployed there. */
export async function localAddress(
  { suffix, region }: Environment,
  { localCloud }: LocalClouds,
): Promise<string | undefined> {
  const status = await (await localCloud()).status();
  const environments = status.running ? status.environments : [];
  return environments.find((found) => found.suffix === suffix && found.region === region)?.url;
}
