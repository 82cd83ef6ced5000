import type { ImageBehaviour } from '@nightshift/local-cloud';
import { Option, type Command } from 'commander';
import type { Effects } from '../../effects';
import { chosenEnvironment } from '../../environment/chosen-environment';
import { addConfigurationOption, type ConfigurationOption } from '../../environment/configuration-option';
import { ExitCode } from '../../exit-code';
import { jsonResult } from '../../json-result';
import { connectRegistry } from '../../scan/connect-registry';
import { imageBehaviours } from './image-behaviours';
import { pushImage } from './push-image';
import { pushReport } from './push-report';

interface PushOptions extends ConfigurationOption {
  readonly behaves: ImageBehaviour;
  readonly json?: boolean;
}

/** `local push`: an image of the batch processor that behaves as it is told. @param connect how the registry is reached */
export function registerPush(command: Command, effects: Effects, connect = connectRegistry): void {
  const behaviours = Object.entries(imageBehaviours).map(([name, what]) => `  ${name.padEnd(13)} ${what}`);
  addConfigurationOption(command.command('push'))
    .description("Puts the batch processor of this checkout into an environment's repository.")
    .argument('<tag>', 'a tag that is not in use there, such as 4f1c2e9')
    .addOption(
      new Option('--behaves <behaviour>', 'what the image does when it runs')
        .choices(Object.keys(imageBehaviours))
        .default('healthy'),
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', ['', 'An image that behaves', ...behaviours].join('\n'))
    .action(async (tag: string, { behaves, json, ...options }: PushOptions) => {
      const environment = chosenEnvironment('local push', options, effects);
      const { ecr } = await connect(environment, effects);
      const image = await pushImage({ environment, tag, behaves, ecr, effects });
      effects.stdout.write(
        json
          ? jsonResult({ verb: 'local push', environment, ...image, exitCode: ExitCode.done })
          : pushReport(environment, image),
      );
    });
}
