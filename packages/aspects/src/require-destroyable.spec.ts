import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { synthStack } from '@nightshift/testing';
import { TerraformStack } from 'cdktf';
import { requireDestroyable } from './require-destroyable';

const synth = (build: (stack: TerraformStack) => void) =>
  synthStack((app) => {
    const stack = new TerraformStack(app, 'stack');
    new AwsProvider(stack, 'Aws');
    build(stack);
    requireDestroyable(app);
    return stack;
  });

const keeps = (what: string) => `${what} keeps it - leave it out`;
const without = (what: string) => `without ${what} - set it`;

describe('destroyability (R0.10)', () => {
  it.each([
    ['aws_vpc', keeps('lifecycle.preventDestroy'), (s) => new Vpc(s, 'It', { lifecycle: { preventDestroy: true } })],
    ['aws_lb', keeps('enableDeletionProtection'), (s) => new Lb(s, 'It', { enableDeletionProtection: true })],
    ['aws_cloudwatch_log_group', keeps('skipDestroy'), (s) => new CloudwatchLogGroup(s, 'It', { skipDestroy: true })],
    [
      'aws_ecr_repository',
      without('forceDelete AWS does not delete a repository with images'),
      (s) => new EcrRepository(s, 'It', { name: 'r' }),
    ],
    [
      'aws_ecs_service',
      without('forceDelete AWS does not delete a service with running tasks'),
      (s) => new EcsService(s, 'It', { name: 's' }),
    ],
    [
      'aws_s3_bucket',
      without('forceDestroy AWS does not delete a bucket with objects'),
      (s) => new S3Bucket(s, 'It', { forceDestroy: false }),
    ],
    ['aws_kms_key', without('deletionWindowInDays AWS keeps the key for 30 days'), (s) => new KmsKey(s, 'It', {})],
  ] satisfies [string, string, (stack: TerraformStack) => unknown][])('refuses an %s: %s', (type, problem, build) => {
    expect(() => synth(build)).toThrow(`[stack/It] ${type} has to be destroyable (R0.10): ${problem}`);
  });

  it('takes what goes with its stack', () => {
    const stack = synth((scope) => {
      new Vpc(scope, 'Vpc', { lifecycle: { createBeforeDestroy: true } });
      new KmsKey(scope, 'Key', { deletionWindowInDays: 7 });
      new S3Bucket(scope, 'Bucket', { forceDestroy: true });
      new Lb(scope, 'Lb', { enableDeletionProtection: false });
    });
    expect(stack.types).toEqual(['aws_kms_key', 'aws_lb', 'aws_s3_bucket', 'aws_vpc']);
  });
});
