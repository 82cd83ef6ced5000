import { testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { endpointServices } from './endpoint-services';

const servicesOf = (overrides: EnvironmentOverrides = {}) => endpointServices(testEnvironment(overrides));
const readParameters = {
  sid: 'Read',
  actions: ['ssm:GetParametersByPath'],
  resources: ['arn:aws:ssm:*:*:parameter/a'],
};
const readBucket = { sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/*'] };

describe('interface endpoints of an environment', () => {
  it('R11.1 include ECR, ECS, CloudWatch Logs and the services that ECS Exec requires', () => {
    expect(servicesOf()).toEqual(['ecr.api', 'ecr.dkr', 'ecs', 'logs', 'ssmmessages', 'kms']);
  });

  it('R4.2 include SSM if the container has secrets', () => {
    expect(servicesOf({ container: { secrets: { PASSWORD: '/risk/password' } } })).toContain('ssm');
  });

  it('R9.2 include SSM if the application can call it, and only then', () => {
    expect(servicesOf({ task: { statements: [readParameters] } })).toContain('ssm');
    expect(servicesOf({ task: { statements: [readBucket] } })).not.toContain('ssm');
  });

  it('R11.1 include the services that the environment file adds', () => {
    expect(servicesOf({ network: { endpoints: ['sqs', 'monitoring'] } }).slice(-2)).toEqual(['sqs', 'monitoring']);
  });
});
