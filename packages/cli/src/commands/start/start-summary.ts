import { everydayCommands } from '@nightshift/errors';
import { duration, tableLines } from '@nightshift/console';
import type { StoredState } from '@nightshift/state-bucket';

export interface SummaryProps {
  readonly name: string;
  readonly suffix: string;
  readonly states: ReadonlyMap<string, StoredState>;
  /** Where the local cloud answers. */
  readonly url: string;
  /** Where the service answers. */
  readonly address: string;
  readonly milliseconds: number;
  /** False if everything was up to date. */
  readonly changed: boolean;
}

/** Labels of outputs. */
const shown = [
  ['load balancer', 'load_balancer_dns_name'],
  ['cluster', 'cluster_name'],
  ['service', 'service_name'],
  ['image repository', 'repository_url'],
  ['logs', 'log_group_name'],
  ['dashboard', 'dashboard_name'],
  ['alarms go to', 'topic_arn'],
] as const;

/** The deployed environment and the next steps. */
export function startSummary({ name, suffix, states, url, address, milliseconds, changed }: SummaryProps): string {
  const outputs: Record<string, unknown> = Object.assign({}, ...[...states.values()].map((state) => state.outputs));
  const resources = [...states.values()].reduce((sum, state) => sum + state.resources, 0);
  const stacks = [...states].map(([stack, state]) => [
    `stack ${stack}`,
    `${String(state.resources)} resources, ${String(Object.keys(state.outputs).length)} outputs`,
  ]);
  const values = shown.flatMap(([label, output]) => (output in outputs ? [[label, String(outputs[output])]] : []));
  const headline = changed ? `${suffix} is deployed` : `${suffix} is up to date`;
  return [
    `${headline}: ${String(states.size)} stacks, ${String(resources)} resources, ${duration(milliseconds)}`,
    '',
    ...columns([['service at', address], ...values, ['local cloud', url], ...stacks]),
    '',
    'Send a job',
    `  ${jobCommand(address)}`,
    `  ${JOB_ANSWER}`,
    '',
    'Next steps',
    ...columns(nextSteps({ name, suffix })),
    '',
  ].join('\n');
}

const JOB_ANSWER = 'Its valueAtRisk is 55.25: on 3 of these 4 days, 100 shares lose at most 55.25.';

/** A job that fits one line: one instrument, four days. Losses are -46.75, 102, -21.25 and 55.25. README.md explains the answer. */
function jobCommand(address: string): string {
  const job = {
    positions: [{ instrument: 'ACME', quantity: 100, price: 42.5 }],
    scenarios: {
      dates: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'],
      returns: { ACME: [0.011, -0.024, 0.005, -0.013] },
    },
    confidence: 0.75,
  };
  return `curl ${address}/jobs -H 'Content-Type: application/json' -d '${JSON.stringify(job)}'`;
}

function nextSteps(environment: Pick<SummaryProps, 'name' | 'suffix'>): string[][] {
  const { nx, nxRun, nightshift } = everydayCommands(environment);
  return [
    [nightshift('local push 2.0'), 'push another version of the service'],
    [`${nxRun('compute', 'release')} --image 2.0`, 'release this version and watch it'],
    [nx('plan'), 'show the changes of a deployment: none now'],
    [nx('outputs'), 'print the values that the stacks publish'],
    [nightshift('drift compute'), 'show changes made outside of Terraform'],
    ['npx nightshift local exec -- aws ecs list-clusters', 'run any AWS tool against the local cloud'],
    [nightshift('doctor'), 'check the requirements'],
    ['npx nightshift environments', 'list the environments'],
    ['npm run stop', 'stop the local cloud and delete everything'],
  ];
}

function columns(rows: readonly (readonly string[])[]): string[] {
  return tableLines(rows).map((line) => `  ${line}`);
}
