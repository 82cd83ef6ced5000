import { describeProblem } from '@nightshift/errors';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliveryWarnings } from './delivery-warnings';

function warnings(yaml: string): string[] {
  const root = mkdtempSync(join(tmpdir(), 'delivery-'));
  const directory = join(root, 'environments');
  try {
    mkdirSync(directory);
    writeFileSync(join(directory, 'prod.yaml'), `tags: { Project: p, CostCenter: c }\n${yaml}\n`);
    return deliveryWarnings(directory).map(describeProblem);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const delivered = 'account: { id: "123456789012" }\ndelivery: { order: 1 }';

describe('warnings about delivery (R12.4)', () => {
  it('name an environment whose alarms reach nobody', () => {
    expect(warnings(delivered)).toEqual([
      'environments/prod.yaml: alarms.emails: is empty, but the pipeline deploys this environment, so nobody receives its alarms - add an address, or subscribe to the topic in another way (output topic_arn)',
    ]);
  });

  it.each([`${delivered}\nalarms: { emails: [a@example.com] }`, 'profile: true', 'region: Mars'])(
    'are none for %s',
    (yaml) => expect(warnings(yaml)).toEqual([]),
  );
});
