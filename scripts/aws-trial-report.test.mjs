// Run by scripts/test.mjs: node --test
import { equal } from 'node:assert/strict';
import test from 'node:test';
import maskResults from '../apps/platform-e2e/masked.cjs';
import { removedByTests, trialReport } from './aws-trial-report.mjs';

const tested = (title, status, failureMessages = []) => ({
  title,
  fullName: `platform ${title}`,
  status,
  duration: 61_000,
  failureMessages,
});
const results = (...assertionResults) => ({ testResults: [{ assertionResults }] });

test('reports answers, tests and failures without account ids, keys and colours', () => {
  const message = '\u001b[31mdenied\u001b[39m arn:aws:iam::123456789012:user/x AKIAIOSFODNN7EXAMPLE';
  equal(
    trialReport({
      facts: [['environment', 'e2e-1a2b3c']],
      removed: true,
      results: results(tested('FILL fills', 'passed'), tested('deploys', 'failed', [message])),
      answers: [
        ['FILL fills', 'yes: 30 | values'],
        ['exec', 'agents: PENDING'],
      ],
    }),
    `# Trial on AWS

| fact | value |
| --- | --- |
| environment | e2e-1a2b3c |
| removed | yes |

## What only an account can answer

| question | result | answer |
| --- | --- | --- |
| FILL fills | passed | yes: 30 \\| values |
| exec | not run | agents: PENDING |

## Tests

| test | result | seconds |
| --- | --- | --- |
| platform FILL fills | passed | 61 |
| platform deploys | failed | 61 |

### platform deploys

\`\`\`text
denied arn:aws:iam::<account>:user/x <access key>
\`\`\`

`,
  );
});

test('masks what jest writes: accounts, keys and request ids', () => {
  const masked = (text) => {
    const test = { failureMessages: [text] };
    const results = { testResults: [{ failureMessage: text, testResults: [test] }, { testResults: [] }] };
    equal(maskResults(results).testResults[0].failureMessage, test.failureMessages[0]);
    return test.failureMessages[0];
  };
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const task = 'task/ecs-cluster-e2e/4f2a1b00123456789012aaaaaaaaaaaa';
  for (const [text, expected] of [
    [`arn:aws:ecs:us-east-1:123456789012:${task}`, `arn:aws:ecs:us-east-1:<account>:${task}`],
    [
      's3-alb-logs-e2e-123456789012, 123456789012_elasticloadbalancing_us-east-1.gz',
      's3-alb-logs-e2e-<account>, <account>_elasticloadbalancing_us-east-1.gz',
    ],
    ['AROAIOSFODNN7EXAMPLE:night ASIAIOSFODNN7EXAMPLE', '<access key>:night <access key>'],
    [
      `"requestId": "${id}", "extendedRequestId": "a+b/c="`,
      '"requestId": "<request id>", "extendedRequestId": "<request id>"',
    ],
    [
      '{\\"RequestId\\":\\"4442587FB7D0A2F9\\"} (Request ID: 4442587FB7D0A2F9)',
      '{\\"RequestId\\":\\"<request id>\\"} (Request ID: <request id>)',
    ],
    [`key/${id}`, 'key/<uuid>'],
  ]) {
    equal(masked(text), expected);
  }
});

test('reports a run that was interrupted and left something', () => {
  const report = trialReport({ facts: [], removed: false, results: undefined, answers: [] });
  for (const line of [
    '| removed | NO: see docs/aws-trial.md |',
    'No question was reached.',
    'The run was interrupted before its end.',
  ]) {
    equal(report.split('\n').includes(line), true);
  }
});

test('knows whether the tests have removed the environment', () => {
  const removal = 'R0.10 leaves nothing behind';
  equal(removedByTests(undefined), false);
  equal(removedByTests(results(tested(removal, 'failed'))), false);
  equal(removedByTests(results(tested(removal, 'passed'))), true);
});
