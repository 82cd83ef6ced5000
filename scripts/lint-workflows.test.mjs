// Run by scripts/test.mjs: node --test
import { deepEqual, equal } from 'node:assert/strict';
import test from 'node:test';
import { scriptWorkspace } from './script-workspace.mjs';

/** @param files contents by path below .github */
function lint(files) {
  const { status, stdout, stderr } = scriptWorkspace('lint-workflows.mjs', {
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`.github/${path}`, text])),
  }).run();
  return { status, stdout, problems: stderr };
}

const COMMIT = '0123456789012345678901234567890123456789';
const JOB = 'permissions: {}\njobs:\n  a:\n    permissions: { contents: read }\n';

test('accepts pinned and local actions and workflows', () => {
  const { status, stdout, problems } = lint({
    'workflows/a.yml': `on: push\n${JOB}    uses: ./.github/workflows/b.yml\n`,
    'workflows/b.yml': `on: workflow_call\n${JOB}    runs-on: ubuntu-latest\n    timeout-minutes: 5\n    steps:\n      - uses: ./.github/actions/c\n`,
    'actions/c/action.yml': `runs:\n  using: composite\n  steps:\n    - uses: owner/name@${COMMIT}\n`,
    'dependabot.yml': 'version: 2\n',
  });
  deepEqual(problems, []);
  deepEqual(stdout, ['workflows: no problems']);
  equal(status, 0);
});

test('refuses in a composite action what it refuses in a workflow', () => {
  const { status, stdout, problems } = lint({
    'actions/c/action.yaml':
      'runs:\n  using: composite\n  steps:\n    - uses: owner/name@v4\n    - run: echo ${{ inputs.a }}\n      shell: bash\n    - uses: ./other\n',
    'actions/d/action.yml': 'runs:\n  using: docker\n  image: docker://alpine:3\n',
  });
  deepEqual(problems, [
    '.github/actions/c/action.yaml: owner/name@v4 is not pinned - use the digest of its commit',
    '.github/actions/c/action.yaml: an expression inside run: - pass it by env: and quote it',
    '.github/actions/c/action.yaml: ./other is not linted - move it below .github',
    '.github/actions/d/action.yml: docker://alpine:3 is not pinned - use the digest of the image',
  ]);
  deepEqual(stdout, ['workflows: 4 problems']);
  equal(status, 1);
});

test('refuses reusable workflows that are not pinned, do not exist or get every secret', () => {
  const { problems } = lint({
    'workflows/a.yml': `on: push\n${JOB}    uses: owner/name/.github/workflows/x.yml@main\n    secrets: inherit\n`,
    'workflows/b.yml': `on: push\n${JOB}    uses: ./.github/workflows/nowhere.yml\n`,
  });
  deepEqual(problems, [
    '.github/workflows/a.yml: job a: passes on every secret - name those that it needs',
    '.github/workflows/a.yml: job a: owner/name/.github/workflows/x.yml@main is not pinned - use the digest of its commit',
    '.github/workflows/b.yml: job a: ./.github/workflows/nowhere.yml does not exist - correct the path',
  ]);
});

test('refuses permissions for all jobs, jobs without a limit and expressions in scripts', () => {
  const { problems } = lint({
    'workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/github-script@${COMMIT}\n        with:\n          script: core.info('\${{ github.ref }}')\n`,
  });
  deepEqual(problems, [
    '.github/workflows/a.yml: grants permissions to all jobs - write "permissions: {}" and grant them in each job',
    '.github/workflows/a.yml: job a: has no permissions of its own - name the least that it needs',
    '.github/workflows/a.yml: job a: may run for six hours - set timeout-minutes',
    '.github/workflows/a.yml: job a: an expression inside script: - pass it by env: and quote it',
  ]);
});

test('refuses npx, which passes no signals on', () => {
  const { problems } = lint({
    'actions/c/action.yml':
      'runs:\n  using: composite\n  steps:\n    - run: npx nx run-many -t deploy\n    - run: exec node_modules/.bin/nx run-many -t deploy\n',
  });
  deepEqual(problems, [
    '.github/actions/c/action.yml: npx passes no signals on - write exec node_modules/.bin/<command>',
  ]);
});
