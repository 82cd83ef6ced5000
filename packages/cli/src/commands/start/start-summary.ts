import { everydayCommands } from '@nightshift/errors';
import { duration, tableLines } from '@nightshift/console';
import type { StoredState } from '@nightshift/state-bucket';
import type { StartedService } from './first-image';

export interface SummaryProps {
  readonly name: string;
  readonly suffix: string;
  readonly states: ReadonlyMap<string, StoredState>;
  /** The URL of the local cloud. */
  readonly url: string;
  readonly service: StartedService;
  readonly milliseconds: number;
  /** False if everything was up to date. */
  readonly changed: boolean;
}

/** The deployed environment and the next steps, on one screen of 24 rows and 80 columns. */
export function startSummary({ name, suffix, states, url, service, milliseconds, changed }: SummaryProps): string {
  const resources = [...states.values()].reduce((sum, state) => sum + state.resources, 0);
  const stacks = [...states].map(([stack, state]) => `${stack} ${String(state.resources)}`);
  const headline = changed ? `${suffix} is deployed` : `${suffix} is up to date`;
  return [
    `${headline}: ${String(states.size)} stacks, ${String(resources)} resources, ${duration(milliseconds)}`,
    '',
    ...columns([
      ['service', service.url],
      ['version', service.version],
      ['local cloud', url],
      ['resources', stacks.join(', ')],
    ]),
    '',
    'Send a job',
    `  curl ${service.url}/jobs -H 'Content-Type: application/json' \\`,
    `    -d @${SAMPLE_JOB}`,
    `  ${JOB_ANSWER}`,
    '',
    'Next steps',
    ...columns(nextSteps({ name, suffix })),
    '',
  ].join('\n');
}

/** One instrument, four days: losses are -46.75, 102, -21.25 and 55.25. README.md explains the answer. */
const SAMPLE_JOB = 'apps/batch-processor/sample-job.json';

const JOB_ANSWER = 'Its valueAtRisk is 55.25: on 3 of these 4 days, 100 shares lose at most 55.25.';

function nextSteps(environment: Pick<SummaryProps, 'name' | 'suffix'>): string[][] {
  const { nx, nxRun, nightshift } = everydayCommands(environment);
  return [
    [nightshift('status'), 'show stacks and service'],
    [nightshift('dev'), 'release each code change'],
    [nightshift('local push 2.0'), 'push another version'],
    [`${nxRun('compute', 'release')} --image 2.0`, 'release it and watch'],
    [nx('plan'), 'show changes: none now'],
    [nightshift('doctor'), 'check the requirements'],
    ['npm run stop', 'delete everything'],
  ];
}

function columns(rows: readonly (readonly string[])[]): string[] {
  return tableLines(rows).map((line) => `  ${line}`);
}
