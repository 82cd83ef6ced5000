// Plans every environment against the local cloud, and checks the plans with Checkov and with our own rules. Started by scan.mjs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listEnvironments, loadEnvironment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import { LocalCloud } from '@nightshift/local-cloud';
import { synthesizedStacks } from '@nightshift/platform';
import { checkPolicies, describeViolation, modelOfPlan } from '@nightshift/policy';
import { findProviders, findTerraform, Terraform } from '@nightshift/terraform';
import yaml from 'yaml';
import { mergedConfiguration } from '../../packages/policy/src/scan/merged-configuration.ts';
import { scanExceptions } from '../../packages/policy/src/scan/scan-exceptions.ts';
import { scanReport } from '../../packages/policy/src/scan/scan-report.ts';
import { root } from '../ensure-installed.mjs';
import { installPrograms } from '../python-programs.mjs';

const EXCEPTIONS = 'packages/policy/checkov-exceptions.yaml';
const directory = join(root, '.nightshift', 'scan');

const cloud = new LocalCloud({ root, env: process.env });
try {
  process.exitCode = await scan();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** @returns the exit code */
async function scan() {
  const exceptions = readExceptions();
  const { started } = await cloud.up({ onProgress: console.log });
  try {
    const plans = [];
    for (const environment of environments()) plans.push(await plan(environment));
    return check(plans, exceptions);
  } finally {
    if (started) await cloud.down();
  }
}

function readExceptions() {
  const text = readFileSync(join(root, 'docs/requirements.md'), 'utf8');
  const requirements = [...text.matchAll(/^\| *(R\d+\.\d+) *\|/gm)].map(([, id]) => id);
  return scanExceptions(yaml.parse(readFileSync(join(root, EXCEPTIONS), 'utf8')), EXCEPTIONS, requirements);
}

function environments() {
  const folder = join(root, 'environments');
  return listEnvironments(folder).map(({ name, profile }) =>
    loadEnvironment({ directory: folder, name, suffix: profile ? 'pr-123' : undefined }),
  );
}

/** The plan of a whole environment as if nothing were deployed yet, and the construct paths of what is in it. */
async function plan(environment) {
  const stacks = synthesizedStacks(environment);
  const folder = join(directory, environment.suffix, 'stacks', 'all');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(mergedConfiguration(stacks), null, 2));
  const cacheDirectory = join(root, '.nightshift', 'terraform');
  const env = await cloud.childEnvironment({ region: environment.region });
  const { binary } = await findTerraform({ env, cacheDirectory });
  const providers = await findProviders({ env, cacheDirectory });
  const terraform = new Terraform({ binary, env: providers.env, directory: folder, onEvent: () => undefined });
  await terraform.init();
  await terraform.plan({ out: 'plan' });
  const file = join(folder, 'plan.json');
  const shown = await terraform.show('plan');
  writeFileSync(file, JSON.stringify(shown));
  console.log(`${environment.suffix}: ${shown.resource_changes.length} resources planned`);
  const model = modelOfPlan({ plan: shown, name: environment.suffix, environment });
  const { violations } = checkPolicies(model, environment.waivers, new Date().toISOString().slice(0, 10));
  return {
    file,
    environment: environment.suffix,
    paths: pathsOf(stacks),
    violations: violations.map(describeViolation),
  };
}

function pathsOf(stacks) {
  const named = Object.values(stacks).flatMap(({ resource }) =>
    Object.entries(resource).flatMap(([type, all]) =>
      Object.entries(all).map(([name, block]) => [`${type}.${name}`, block['//'].metadata.path]),
    ),
  );
  return new Map(named);
}

function check(plans, exceptions) {
  const programs = installPrograms(join(directory, 'venv'), join(import.meta.dirname, 'requirements.txt'));
  const args = ['--framework', 'terraform_plan', '--skip-download', '--compact', '--output', 'json'];
  const { stdout, stderr, error } = spawnSync(
    join(programs, process.platform === 'win32' ? 'checkov.cmd' : 'checkov'),
    [...args, ...plans.flatMap(({ file }) => ['--file', file])],
    // Without a key, Checkov sends nothing to the platform of its vendor.
    { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, BC_API_KEY: '', LOG_LEVEL: 'ERROR' } },
  );
  if (error) throw error;
  const reports = parsed(stdout, stderr);
  const findings = reports.flatMap(({ results }) => results.failed_checks.map((check) => findingOf(check, plans)));
  const { problems, excepted } = scanReport(findings, exceptions);
  const unchecked = plans.filter(({ file }) => !reports.some(({ results }) => hasResultsOf(results, file)));
  const violations = plans.flatMap(({ environment, violations: found }) =>
    found.map((one) => `${environment}: ${one}`),
  );
  for (const problem of [...problems, ...violations]) console.error(problem);
  for (const { environment } of unchecked) console.error(`${environment}: Checkov checked nothing in its plan`);
  const passed = reports.reduce((sum, { results }) => sum + results.passed_checks.length, 0);
  console.log(
    `Checkov ${reports[0].summary.checkov_version}: ${plans.length} environments, ${passed} checks passed, ${findings.length} did not, ${excepted} of them as a requirement forces it; ${problems.length} problems; our own rules: ${violations.length} violations`,
  );
  return problems.length + unchecked.length + violations.length === 0 ? 0 : 1;
}

function parsed(stdout, stderr) {
  try {
    return [JSON.parse(stdout)].flat();
  } catch {
    throw new Error(`Checkov did not answer in JSON:\n${stdout.slice(0, 1000)}\n${stderr.slice(-1000)}`);
  }
}

function hasResultsOf({ passed_checks: passed, failed_checks: failed }, file) {
  return [...passed, ...failed].some((check) => isIn(check, file));
}

function findingOf(check, plans) {
  const plan = plans.find(({ file }) => isIn(check, file));
  return {
    environment: plan.environment,
    check: check.check_id,
    title: check.check_name,
    path: plan.paths.get(check.resource) ?? check.resource,
  };
}

function isIn({ file_abs_path: path }, file) {
  return path === file;
}
