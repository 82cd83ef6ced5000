import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import type { Json } from './mutation.fixture';
import { buildPlatform } from '../build-platform';
import { inTemporaryDirectory } from '../temporary-directory.fixture';

/** The stacks of an environment as they are synthesized, by name. */
export function synthesizedStacks(environment: Environment): Record<string, Json> {
  return inTemporaryDirectory((outdir) => {
    buildPlatform({ environment, outdir }).synth();
    const directory = join(outdir, 'stacks');
    return Object.fromEntries(
      readdirSync(directory).map((name) => {
        const text = readFileSync(join(directory, name, 'cdk.tf.json'), 'utf8');
        return [name, JSON.parse(text) as Json];
      }),
    );
  });
}
