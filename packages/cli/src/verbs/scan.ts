import { setTimeout } from 'node:timers/promises';
import { allowedSeverities } from '@nightshift/release/scan';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Effects } from '../effects';
import { endpointLines } from '../environment/cloud-environment';
import { chosenEnvironment } from '../environment/chosen-environment';
import { addConfigurationOption, type ConfigurationOption } from '../environment/configuration-option';
import { connectRegistry } from '../scan/connect-registry';
import { scanImage, type ScanOptions } from '../scan/scan-image';

interface World {
  /** How AWS is reached. */
  readonly connect: typeof connectRegistry;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

export function register(
  command: Command,
  effects: Effects,
  { connect, sleep }: World = { connect: connectRegistry, sleep: setTimeout },
): void {
  addConfigurationOption(command)
    .description(
      "Says whether an image of the environment's registry may run: reads what its scan for vulnerabilities found, waits for the scan if need be, and ends with 1 when something is more severe than is allowed.",
    )
    .option('--image <tag or digest>', 'the image, such as 1.4.2 or sha256:…')
    .addOption(
      new Option(
        '--allow <severity>',
        'the highest severity that a finding may have, instead of registry.highestSeverity in the environment file',
      ).choices(allowedSeverities),
    )
    .option('--start', 'start a scan where there is none, or where it failed')
    .option('--timeout <seconds>', 'how long to wait for the end of the scan', wholeSeconds, 300)
    .option('--json', 'one JSON object a line; the last one, of type result, holds all findings')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift scan --image 1.4.2 -c dev
  npx nightshift scan --image 1.4.2 -c prod --allow MEDIUM   stricter than usual`,
    )
    .action(async (options: ScanOptions & ConfigurationOption) => {
      const environment = chosenEnvironment('scan', options, effects);
      const clients = await connect(environment, effects);
      await scanImage({ environment, clients, options, effects, sleep });
      if (!options.json) (await endpointLines(environment, effects)).forEach(effects.stdout.write);
    });
}

function wholeSeconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It is not a whole number of seconds.');
  return Number(text);
}
