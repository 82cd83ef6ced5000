/**
 * Measures the policy check of all environments in environments/, and of 50 environments: reading the synthesized stacks, building the
 * model, all rules. Fails if they take more than 2 s and 10 s. On a busy machine, compare the CPU times. Run: node --import tsx bench/policy.mjs
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { listEnvironments, loadEnvironment } from '@nightshift/config';
import { synthesize } from '@nightshift/platform';
import { checkPolicies, modelOf } from '@nightshift/policy';

const directory = join(import.meta.dirname, '../environments');
const outdir = mkdtempSync(join(tmpdir(), 'nightshift-'));
const today = new Date().toISOString().slice(0, 10);

try {
  const environments = listEnvironments(directory).map(({ name, profile }) =>
    loadEnvironment({ directory, name, suffix: profile ? 'pr-123' : undefined }),
  );
  for (const environment of environments) synthesize(environment, join(outdir, environment.suffix), today);
  measure(environments, 2000);
  measure(
    Array.from({ length: 50 }, (_, index) => environments[index % environments.length]),
    10_000,
  );
} finally {
  rmSync(outdir, { recursive: true });
}

function measure(environments, limit) {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  const reports = environments.map((environment) => {
    const stacks = join(outdir, environment.suffix, 'stacks');
    const files = readdirSync(stacks).map((name) => [
      name,
      JSON.parse(readFileSync(join(stacks, name, 'cdk.tf.json'), 'utf8')),
    ]);
    return checkPolicies(modelOf({ stacks: Object.fromEntries(files), environment }), environment.waivers, today);
  });
  const took = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuStart);
  const checks = reports.flatMap(({ ruleResults }) => ruleResults).reduce((sum, { subjects }) => sum + subjects, 0);
  console.log(
    `${environments.length} environments, ${checks} checks: ${took.toFixed(0)} ms (limit ${limit} ms), CPU ${((user + system) / 1000).toFixed(0)} ms`,
  );
  if (took > limit || reports.some(({ passed }) => !passed)) process.exitCode = 1;
}
