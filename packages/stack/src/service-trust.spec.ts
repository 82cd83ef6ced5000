import { serviceTrust } from './service-trust';

describe('trust policy for a service', () => {
  it('R9.3 has conditions on this account and on the resources that use the role', () => {
    expect(
      serviceTrust({
        service: 'ecs-tasks.amazonaws.com',
        sourceAccount: '123456789012',
        sourceArn: 'arn:aws:ecs:us-east-1:123456789012:*',
      }),
    ).toEqual({
      Sid: 'ServiceMayAssume',
      Effect: 'Allow',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Action: ['sts:AssumeRole'],
      Condition: {
        StringEquals: { 'aws:SourceAccount': '123456789012' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:us-east-1:123456789012:*' },
      },
    });
  });

  it('has no conditions for a service that sends no source', () => {
    expect(serviceTrust({ service: 'codedeploy.amazonaws.com' })).not.toHaveProperty('Condition');
  });
});
