import { join } from 'node:path';
import type { Effects } from '../effects';
import { chosenEnvironment } from '../environment/chosen-environment';
import type { ConfigurationOption } from '../environment/configuration-option';
import { duration } from '../progress/duration';
import { stackNames } from '../stack/stack-names';

export interface SynthOptions extends ConfigurationOption {
  readonly json?: boolean;
}

/** `synth` */
export async function synthesizePlatform({ json = false, ...options }: SynthOptions, effects: Effects): Promise<void> {
  const { root, stdout } = effects;
  const began = effects.monotonic();
  const environment = chosenEnvironment('synth', options, effects);
  const directory = join('cdktf.out', environment.suffix);
  await effects.synthesize(environment, join(root, directory));
  const stacks = (await stackNames(join(root, directory))) ?? [];
  const milliseconds = effects.monotonic() - began;
  if (json) {
    const result = { type: 'result', verb: 'synth', environment: environment.name, suffix: environment.suffix };
    stdout.write(
      `${JSON.stringify({ ...result, status: 'succeeded', directory, stacks, seconds: Math.round(milliseconds / 100) / 10 })}\n`,
    );
    return;
  }
  stdout.write(
    `${stdout.colours.bold(environment.suffix)}: ${stacks.join(', ')} written to ${directory} (${duration(milliseconds)})\n`,
  );
}
