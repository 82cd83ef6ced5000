import masks from '../apps/platform-e2e/masked.cjs';

/** Without the colours of jest. */
const plain = (text) => masks.masked(text).replace(/\u001b\[[\d;]*m/g, '');
const cell = (text) => plain(String(text)).replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** The last test of the run, which removes the environment. */
const REMOVAL = 'R0.10 leaves nothing behind';

const testsIn = (results) => (results?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);

/** Whether the tests themselves have removed what they deployed. @param results of jest; undefined if it did not end. */
export function removedByTests(results) {
  return testsIn(results).some(({ title, status }) => title === REMOVAL && status === 'passed');
}

/**
 * The report of a trial in Markdown.
 * @param facts lines of name and value.
 * @param removed whether no resource of the environment is left in AWS.
 * @param results of jest; undefined if it did not end.
 * @param answers question and answer.
 */
export function trialReport({ facts, removed, results, answers }) {
  const tests = testsIn(results);
  const statusOf = (question) => tests.find(({ title }) => title === question)?.status ?? 'not run';
  const failed = tests.filter(({ status }) => status === 'failed');
  return [
    '# Trial on AWS',
    table(['fact', 'value'], [...facts, ['removed', removed ? 'yes' : 'NO: see docs/aws-trial.md']]),
    '## What only an account can answer',
    answers.length === 0
      ? 'No question was reached.'
      : table(
          ['question', 'result', 'answer'],
          answers.map(([question, answer]) => [question, statusOf(question), answer]),
        ),
    '## Tests',
    results === undefined
      ? 'The run was interrupted before its end.'
      : table(
          ['test', 'result', 'seconds'],
          tests.map(({ fullName, status, duration }) => [fullName, status, ((duration ?? 0) / 1000).toFixed(0)]),
        ),
    ...failed.map(
      ({ fullName, failureMessages }) =>
        `### ${cell(fullName)}\n\n\`\`\`text\n${plain(failureMessages.join('\n'))}\n\`\`\``,
    ),
    '',
  ].join('\n\n');
}
