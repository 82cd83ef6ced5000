import { parse } from 'yaml';
import { environmentExample, environmentReference } from './environment-reference';
import { environmentFile } from './schema/environment';

const markdown = environmentReference((requirement) => `requirements.md#${requirement}`);
const rows = markdown.split('\n').filter((line) => line.startsWith('| `'));
const rowOf = (key: string) => rows.filter((row) => row.startsWith(`| \`${key}\` |`));

describe('environmentReference', () => {
  it('has a section for each section of an environment file', () => {
    const headings = [...markdown.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(Object.keys(environmentFile.shape));
  });

  it('has meaning, type, unit, default, allowed values and requirement of a key', () => {
    expect(rowOf('deployment.terminationWaitMinutes')).toEqual([
      '| `deployment.terminationWaitMinutes` | time for which the old tasks stay after the traffic shift, for a fast rollback | whole number | minutes | `10` | 0 to 2880 | [R10.3](requirements.md#R10.3) |',
    ]);
    expect(rowOf('task.memoryMiB')).toEqual([
      '| `task.memoryMiB` | memory in MiB; the valid sizes depend on cpu | whole number | MiB | `4096` |  | [R4.1](requirements.md#R4.1) |',
    ]);
    expect(rowOf('network.natGateways')[0]).toContain(
      '| text |  | `"one-per-zone"` | `one-per-zone`, `single`, `none` |',
    );
    expect(rowOf('account.id')[0]).toContain('| text |  | **required** | write its 12 digits in quotes |');
    expect(rowOf('profile')[0]).toContain('| true or false |  | `false` |');
    expect(rowOf('container.environment')[0]).toContain('| map of names to values |  | `{}` |');
  });

  it('distinguishes the keys of lists and of variants', () => {
    expect(rowOf('network.egress')[0]).toContain('| list of maps |  | `[]` | up to 50 items |');
    expect(rowOf('network.egress[].port')[0]).toContain('| whole number |  | `443` | 1 to 65535 |');
    expect(rowOf('deployment.testRequests')[0]).toContain('| see the example |');
    expect(rowOf('deployment.trafficRouting.type')[0]).toContain('| `linear`, `canary`, `all-at-once` |');
    expect(rowOf('deployment.trafficRouting.type')).toHaveLength(1);
    expect(rowOf('deployment.trafficRouting.percentage').map((row) => row.split(' | ')[1])).toEqual([
      'traffic that each step shifts; only with `type: linear`',
      'traffic that the first step shifts; only with `type: canary`',
    ]);
  });

  it('has the limits of numbers', () => {
    expect(rowOf('alarms.cpuUtilization.threshold')[0]).toContain('| number | percent | `85` | 0 or more; below 100 |');
    expect(rowOf('alarms.cpuUtilization.periodSeconds')[0]).toContain('| 60 to 86400; in steps of 60 |');
    expect(rowOf('loadBalancer.allowedCidrs')[0]).toContain(
      '| list of text |  | `["0.0.0.0/0"]` | 1 item or more; up to 20 items; write its first',
    );
  });

  it('escapes placeholders outside of code', () => {
    expect(rowOf('loadBalancer.listener.certificateArn')[0]).toContain(
      '| write one such as arn:aws:acm:&lt;region>:&lt;account>:certificate/&lt;id> |',
    );
  });

  it('has the requirement of every key', () => {
    expect(rows.filter((row) => !/\| \[R\d+(\.\d+)?\]\(requirements\.md#R[\d.]+\) \|$/.test(row))).toEqual([]);
  });

  it('has a valid example of every key', () => {
    const examples = [...markdown.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml]) => parse(String(yaml)) as object);
    expect(Object.assign({}, ...examples)).toEqual(environmentExample());
    expect(environmentFile.safeParse(environmentExample()).error?.issues).toBeUndefined();
    // Tables show no empty example.
    expect(markdown).not.toMatch(/: (?:null|\[\]|\{\})$/m);
  });
});
