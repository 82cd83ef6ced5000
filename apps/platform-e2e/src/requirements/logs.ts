import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';
import { runningDefinition } from '../harness/running-service';

/** R8: log groups and retention. */
export function logs(platform: () => Platform): void {
  const groups = async () => {
    const { logGroups = [] } = await platform().aws(CloudWatchLogsClient).send(new DescribeLogGroupsCommand({}));
    return logGroups.filter(({ logGroupName = '' }) =>
      new RegExp(`-${platform().suffix}(/performance)?$`).test(logGroupName),
    );
  };

  it('R8.1 each container writes to its own log group', async () => {
    const { logConfiguration } = only((await runningDefinition(platform()))?.containerDefinitions);
    expect(logConfiguration?.logDriver).toBe('awslogs');
    const names = (await groups()).map(({ logGroupName }) => logGroupName);
    expect(names).toContain(logConfiguration?.options?.['awslogs-group']);
  });

  it('R8.2, R8.3 every log group has a customer managed key and the configured retention', async () => {
    const all = await groups();
    expect(all.length).toBeGreaterThanOrEqual(4);
    for (const { logGroupName, kmsKeyId, retentionInDays } of all) {
      expect({ logGroupName, key: kmsKeyId?.includes(':key/'), retentionInDays }).toEqual({
        logGroupName,
        key: true,
        retentionInDays: platform().environment.logs.retentionDays,
      });
    }
  });
}
