import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
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
    new AwsProvider(stack, 'Aws', { region: 'us-east-1' });
    build(stack);
    requireDestroyable(stack);
    return stack;
  });

describe('destroyable', () => {
  it.each([
    ['lifecycle.preventDestroy is true', (stack) => new Vpc(stack, 'Vpc', { lifecycle: { preventDestroy: true } })],
    ['forceDelete is not true', (stack) => new EcrRepository(stack, 'Repository', { name: 'r' })],
    ['forceDestroy is not true', (stack) => new S3Bucket(stack, 'Bucket', { forceDestroy: false })],
    ['enableDeletionProtection is true', (stack) => new Lb(stack, 'Lb', { enableDeletionProtection: true })],
  ] satisfies [string, (stack: TerraformStack) => unknown][])('R0.10 refuses a resource where %s', (what, build) => {
    expect(() => synth(build)).toThrow(`destroy could not remove it (R0.10): ${what}`);
  });

  it('R0.10 names the place in the construct tree', () => {
    expect(() => synth((stack) => new S3Bucket(stack, 'Bucket', {}))).toThrow('[stack/Bucket] destroy could not');
  });

  it('R0.10 takes what can be removed', () => {
    const stack = synth((scope) => {
      new Vpc(scope, 'Vpc', { lifecycle: { createBeforeDestroy: true } });
      new S3Bucket(scope, 'Bucket', { forceDestroy: true });
      new Lb(scope, 'Lb', { enableDeletionProtection: false });
    });
    expect(stack.types).toEqual(['aws_lb', 'aws_s3_bucket', 'aws_vpc']);
  });
});
