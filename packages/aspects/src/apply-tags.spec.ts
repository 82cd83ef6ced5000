import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { synthStack } from '@nightshift/testing';
import { TerraformStack, type App } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { applyTags } from './apply-tags';

const tags = { Environment: 'test', Project: 'nightshift', CostCenter: '4711' };
const stack = synthStack((app) => {
  const created = new TerraformStack(app, 'network');
  new AwsProvider(created, 'Aws');
  new Vpc(created, 'Plain', {});
  new Vpc(created, 'Named', { tags: { Name: 'vpc-test' } });
  new EcsService(created, 'Service', { name: 'service', propagateTags: 'SERVICE' });
  new KmsAlias(created, 'Alias', { name: 'alias/test', targetKeyId: 'key' });
  new DataAwsVpc(created, 'Found', { id: 'vpc-1' });
  applyTags(app, tags);
  return created;
});

describe('tags (R0.9)', () => {
  it('are on every resource that supports them', () => {
    expect(stack.resource('aws_vpc', 'Plain')['tags']).toEqual(tags);
  });

  it('are on a service that propagates its own tags to tasks', () => {
    expect(stack.resource('aws_ecs_service', 'Service')).toMatchObject({ tags, propagate_tags: 'SERVICE' });
  });

  it('do not replace the tags of a resource', () => {
    expect(stack.resource('aws_vpc', 'Named')['tags']).toEqual({ ...tags, Name: 'vpc-test' });
  });

  it('are not on resources without tags, nor on data sources, where they would be a filter', () => {
    expect(stack.resource('aws_kms_alias', 'Alias')).not.toHaveProperty('tags');
    expect(JSON.stringify(stack.json['data'])).not.toContain('nightshift');
  });

  it.each([
    ['an app', (app: App) => app, ['one/Inside/Vpc', 'two/Vpc']],
    ['a stack', (app: App) => app.node.findChild('one'), ['one/Inside/Vpc']],
    ['a construct', (app: App) => app.node.findChild('one').node.findChild('Inside'), ['one/Inside/Vpc']],
  ] satisfies [string, (app: App) => IConstruct, string[]][])(
    'of %s are on everything below it',
    (_, choose, paths) => {
      const vpcs: Vpc[] = [];
      synthStack((app) => {
        const one = new TerraformStack(app, 'one');
        const two = new TerraformStack(app, 'two');
        for (const stack of [one, two]) new AwsProvider(stack, 'Aws');
        vpcs.push(new Vpc(new Construct(one, 'Inside'), 'Vpc'), new Vpc(two, 'Vpc'));
        applyTags(choose(app), tags);
        return one;
      });
      expect(vpcs.filter((vpc) => vpc.tagsInput !== undefined).map(({ node }) => node.path)).toEqual(paths);
    },
  );
});
