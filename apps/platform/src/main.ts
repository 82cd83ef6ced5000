import { join } from 'node:path';
import { loadEnvironment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import { warningsOf } from '@nightshift/policy';
import { requestedEnvironment } from './requested-environment';
import { synthesize } from './synthesize';

/** The app in `cdktf.json`, so that cdktf-cli uses the same stacks. */
const root = join(__dirname, '..', '..', '..');

try {
  const { name, suffix, outdir } = requestedEnvironment(process.env);
  const environment = loadEnvironment({ directory: join(root, 'environments'), name, suffix });
  const today = new Date().toISOString().slice(0, 10);
  const report = synthesize(environment, outdir ?? join(root, 'cdktf.out', environment.suffix), today);
  for (const line of warningsOf(report)) process.stderr.write(`warning ${line}\n`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
