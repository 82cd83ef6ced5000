import { describeProblem } from '@nightshift/errors';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentWarnings, warningsAbout } from './environment-warnings';

function warnings(files: Readonly<Record<string, string>>, find = environmentWarnings): string[] {
  const root = mkdtempSync(join(tmpdir(), 'networks-'));
  const directory = join(root, 'environments');
  try {
    mkdirSync(directory);
    for (const [name, yaml] of Object.entries(files)) {
      writeFileSync(join(directory, `${name}.yaml`), `tags: { Project: p, CostCenter: c }\n${yaml}\n`);
    }
    return find(directory).map(describeProblem);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const guide = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html';

describe('warnings about networks', () => {
  it('are empty for the environments of this repository', () => {
    const found = environmentWarnings(join(__dirname, '..', '..', '..', 'environments'));
    expect(found.filter(({ where }) => where.includes('network'))).toEqual([]);
  });

  it.each(['10.1.0.0/16', '172.31.0.0/16', '192.168.0.0/16', '100.64.0.0/16'])('are empty for %s', (cidr) => {
    expect(warnings({ dev: `network: { cidr: ${cidr} }` })).toEqual([]);
  });

  it('report a network that AWS services use', () => {
    expect(warnings({ dev: 'network: { cidr: 172.17.0.0/20 }', qa: 'network: { cidr: 198.19.0.0/16 }' })).toEqual([
      `environments/dev.yaml: network.cidr: overlaps 172.17.0.0/16, which AWS services use, got 172.17.0.0/20 - choose another network: ${guide}`,
      `environments/qa.yaml: network.cidr: overlaps 198.19.0.0/16, which AWS services use, got 198.19.0.0/16 - choose another network: ${guide}`,
    ]);
  });

  it('report a public network', () => {
    expect(warnings({ dev: 'network: { cidr: 8.8.0.0/16 }' })).toEqual([
      `environments/dev.yaml: network.cidr: is a public network: tasks cannot reach these addresses on the internet, got 8.8.0.0/16 - use a private network, unless this one is yours: ${guide}`,
    ]);
  });

  it('report both environments that overlap, unless their accounts differ or one is local', () => {
    const account = (digit: number) => `account: { id: '${String(digit).repeat(12)}' }`;
    expect(warnings({ dev: account(1), prod: `${account(1)}\nnetwork: { cidr: 10.0.128.0/20 }` })).toEqual([
      'environments/prod.yaml: network.cidr: overlaps the network of dev (10.0.0.0/16), so the two networks cannot be connected, got 10.0.128.0/20 - choose another network, or set different accounts (account.id)',
    ]);
    expect(warnings({ dev: '', prod: account(1) })).toHaveLength(1);
    expect(warnings({ dev: account(1), prod: '' })).toHaveLength(1);
    expect(warnings({ dev: account(1), prod: account(2) })).toEqual([]);
    expect(warnings({ dev: '', local: 'cloud: local' })).toEqual([]);
    expect(warnings({ dev: '', prod: 'cloud: nowhere' })).toEqual([]);
  });
});

const delivered = 'account: { id: "123456789012" }\ndelivery: { order: 1 }';

describe('warningsAbout', () => {
  it('are those of one file', () => {
    const files = { dev: '', prod: 'network: { cidr: 8.8.0.0/16 }', 'prod-eu': 'network: { cidr: 8.8.0.0/16 }' };
    const found = (name: string) => warnings(files, (directory) => warningsAbout(directory, name));
    expect(found('dev')).toEqual([]);
    expect(found('prod')).toEqual([
      expect.stringMatching(/^environments\/prod\.yaml: network\.cidr: is a public network/),
    ]);
    expect(found('prod-eu')).toHaveLength(2);
  });

  it('are empty for the network of a local environment, which has no connections', () => {
    const files = { laptop: 'cloud: local\nnetwork: { cidr: 8.8.0.0/16 }', prod: 'network: { cidr: 8.8.0.0/16 }' };
    expect(warnings(files, (directory) => warningsAbout(directory, 'laptop'))).toEqual([]);
  });
});

describe('warnings about delivery (R12.4)', () => {
  it('report an environment without alarm receivers', () => {
    expect(warnings({ prod: delivered })).toEqual([
      'environments/prod.yaml: alarms.emails: is empty, but the pipeline deploys this environment, so nobody receives its alarms - add an address, or subscribe to the topic in another way (output topic_arn)',
    ]);
  });

  it.each([`${delivered}\nalarms: { emails: [a@example.com] }`, 'profile: true', 'region: Mars'])(
    'are empty for %s',
    (yaml) => expect(warnings({ prod: yaml })).toEqual([]),
  );
});
