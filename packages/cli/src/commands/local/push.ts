import type { Environment } from '@nightshift/config';
import { everydayCommands, UserError, ExitCode } from '@nightshift/errors';
import { type ImageBehaviour, imageBehaviours } from '@nightshift/local-cloud/image';
import { type Command, Option } from 'commander';
import type { Directories } from '@nightshift/stack-run';
import { z } from 'zod';
import { environmentResult, resultOf } from '../../json-result';
import { connectRegistry, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import {
  addConfigurationOption,
  chosenEnvironment,
  requireLocalEnvironment,
  type ConfigurationOption,
} from '../../verb-options';
import type { Terminal, ProcessControl } from '@nightshift/console';
import { type PushedImage, pushImage } from '@nightshift/dev-loop';

interface PushOptions extends ConfigurationOption {
  readonly behaves: ImageBehaviour;
  readonly json?: boolean;
}

/** `local push`: pushes an image of the batch processor with a chosen behaviour. @param connect connects to the registry. */
export const pushOutput = environmentResult('local push', {
  repository: z.string(),
  tag: z.string(),
  digest: z.string(),
  behaves: z.enum(Object.keys(imageBehaviours) as ImageBehaviour[]).describe('Behaviour of the image at run time.'),
  pushed: z.boolean().describe('False if the same image was there under this tag.'),
});

export function registerPush(
  command: Command,
  effects: Terminal & ProcessVariables & Directories & ProcessControl & LocalClouds,
  connect = connectRegistry,
): void {
  const behaviours = Object.entries(imageBehaviours).map(([name, what]) => `  ${name.padEnd(13)} ${what}`);
  addConfigurationOption(command.command('push'))
    .description('Build the batch processor of this checkout and push its image to the repository of an environment.')
    .usage('<tag> -c <environment> [options]')
    .argument('<tag>', 'tag of the image, not yet in use, such as 4f1c2e9')
    .addOption(
      new Option('--behaves <behaviour>', 'behaviour of the image at run time')
        .choices(Object.keys(imageBehaviours))
        .default('healthy'),
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', ['', 'Behaviours:', ...behaviours].join('\n'))
    .action(async (tag: string, { behaves, json, ...options }: PushOptions) => {
      const environment = chosenEnvironment('local push', options, effects);
      const todo = 'build the image with Docker and push it to ECR: see apps/batch-processor/README.md';
      requireLocalEnvironment(WHERE, environment, todo);
      refuseTag(tag);
      const { ecr } = await connect(environment, effects);
      const image = await pushImage({ environment, tag, behaves, ecr, effects, where: WHERE });
      const result = resultOf({ verb: 'local push', environment });
      if (json) effects.stdout.json(pushOutput, { ...result, ...image, exitCode: ExitCode.done });
      else effects.stdout.write(pushReport(environment, image));
    });
}

const WHERE = 'nightshift local push';

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests */
const TAG = /^\w[\w.-]{0,127}$/;

function refuseTag(tag: string): void {
  if (TAG.test(tag)) return;
  throw new UserError({
    where: WHERE,
    what: 'invalid tag',
    got: tag,
    todo: 'use up to 128 letters, digits and _ . -; start with a letter, a digit or _',
  });
}

/** The pushed image and the next step. */
function pushReport(
  environment: Pick<Environment, 'name' | 'suffix'>,
  { repository, tag, digest, behaves, pushed }: PushedImage,
): string {
  const { nxRun } = everydayCommands(environment);
  return [
    pushed ? `Pushed ${tag} to ${repository}` : `${repository} already has this image as ${tag}`,
    `  digest    ${digest}`,
    `  behaves   ${behaves}: ${imageBehaviours[behaves]}`,
    '',
    'Next steps',
    `  ${nxRun('compute', 'release')} --image ${tag}   release this version and watch it`,
    '',
  ].join('\n');
}
