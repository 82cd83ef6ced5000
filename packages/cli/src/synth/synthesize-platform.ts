import { join } from 'node:path';
import type { Effects } from '../effects';
import { chosenEnvironment } from '../environment/chosen-environment';
import type { ConfigurationOption } from '../environment/configuration-option';
import { ExitCode } from '../exit-code';
import { printWarnings } from '../policy/enforce-policy';
import { duration } from '../progress/duration';
import { readStackManifest, type StackManifest } from '../stack/stack-manifest';

export interface SynthOptions extends ConfigurationOption {
  readonly json?: boolean;
  readonly skipPolicy?: boolean;
}

/** `synth` */
export async function synthesizePlatform(
  { json = false, skipPolicy = false, ...options }: SynthOptions,
  effects: Effects,
): Promise<void> {
  const { root, stdout } = effects;
  const began = effects.monotonic();
  const environment = chosenEnvironment('synth', options, effects);
  const directory = join('cdktf.out', environment.suffix);
  if (skipPolicy) await effects.synthesizeUnchecked(environment, join(root, directory));
  else await printWarnings(await effects.synthesize(environment, join(root, directory)), effects);
  // Where nothing was written, that is a defect of the platform.
  const stacks = [...((await readStackManifest(join(root, directory))) as StackManifest).keys()];
  const milliseconds = effects.monotonic() - began;
  const { name, suffix } = environment;
  if (json) {
    const seconds = Math.round(milliseconds / 100) / 10;
    const result = { type: 'result', verb: 'synth', environment: name, suffix, status: 'succeeded', directory, stacks };
    stdout.write(`${JSON.stringify({ ...result, seconds, exitCode: ExitCode.done })}\n`);
  } else {
    const title = stdout.colours.bold(suffix);
    stdout.write(`${title}: ${stacks.join(', ')} written to ${directory} (${duration(milliseconds)})\n`);
  }
}
