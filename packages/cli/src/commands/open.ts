import { callerOf } from '@nightshift/aws-access';
import { tableLines } from '@nightshift/console';
import { UserError, ExitCode } from '@nightshift/errors';
import { namesFor } from '@nightshift/naming';
import type { ReleaseTarget } from '@nightshift/release';
import type { Command } from 'commander';
import { addConfigurationOption, type ConfigurationOption } from '../verb-options';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import type { Effects } from '../effects';
import { onReleases, releaseWorld, type ReleaseWorld } from './release/on-releases';
import { localUrl } from './url';

export const output = {
  open: environmentResult('open', {
    urls: z.record(z.string(), z.string()).describe('URL of each page by its name, such as `service` or `logs`.'),
  }),
};

interface OpenOptions extends ConfigurationOption {
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addConfigurationOption(command)
    .description(
      'Print the pages of the environment in the AWS Management Console. At a terminal, open one of them in a browser. On the local cloud, only the page of the service is available.',
    )
    .usage('[page] -c <environment> [options]')
    .argument('[page]', `page to open: ${Object.keys(pages).join(', ')}`, 'service')
    .option('--json', 'print one JSON object')
    .action(async (page: string, { json = false, ...options }: OpenOptions) => {
      await onReleases('open', options, world, effects, async ({ verb, environment, context }) => {
        const { stdout, interactive } = effects;
        const urls =
          environment.cloud === 'local'
            ? { service: await localUrl(environment, effects) }
            : consoleUrls(context.target, (await callerOf(context.clients.sts)).account);
        const chosen = new Map(Object.entries(urls)).get(page);
        if (chosen === undefined) {
          const todo = `use one of ${Object.keys(urls).join(', ')}`;
          throw new UserError({ where: `nightshift ${verb}`, what: 'unknown page', got: page, todo });
        }
        if (json) stdout.json(output.open, { ...resultOf({ verb, environment }), urls, exitCode: ExitCode.done });
        else for (const line of tableLines(Object.entries(urls))) stdout.write(`${line}\n`);
        if (interactive && !json) openBrowser(chosen, effects);
      });
    });
}

/** The path of each page in the AWS Management Console. */
const pages: Readonly<Record<string, (target: ReleaseTarget, account: string) => string>> = {
  service: ({ cluster, service }) => `ecs/v2/clusters/${cluster}/services/${service}/health`,
  releases: ({ application, deploymentGroup }) =>
    `codesuite/codedeploy/applications/${application}/deployment-groups/${deploymentGroup}`,
  logs: ({ logGroup }) => `cloudwatch/home#logsV2:log-groups/log-group/${logGroup}`,
  dashboard: ({ suffix }) => `cloudwatch/home#dashboards/dashboard/${namesFor(suffix).of('dashboard')}`,
  alarms: () => 'cloudwatch/home#alarmsV2:',
  images: ({ repository }, account) => `ecr/repositories/private/${account}/${repository}`,
  'load-balancer': ({ suffix }) => `ec2/home#LoadBalancers:search=${namesFor(suffix).of('alb')}`,
};

function consoleUrls(target: ReleaseTarget, account: string): Readonly<Record<string, string>> {
  const { region } = target.environment;
  const urlOf = (path: string) => {
    const [page, fragment] = path.split('#') as [string, string?];
    const end = fragment === undefined ? '' : `#${fragment}`;
    return `https://${region}.console.aws.amazon.com/${page}?region=${region}${end}`;
  };
  return Object.fromEntries(Object.entries(pages).map(([name, path]) => [name, urlOf(path(target, account))]));
}

/** The commands of Linux and macOS desktops. */
const OPENERS = ['xdg-open', 'open'];

/** Tries the first program, then the others. Without a desktop, the printed URLs must be enough. */
function openBrowser(url: string, effects: Pick<Effects, 'spawn'>, [program, ...others] = OPENERS): void {
  if (program === undefined) return;
  const child = effects.spawn(program, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {
    openBrowser(url, effects, others);
  });
  child.unref();
}
