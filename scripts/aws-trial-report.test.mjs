// Run by scripts/test.mjs: node --test
import { equal } from 'node:assert/strict';
import test from 'node:test';
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
