import { environmentFile, environmentOf } from '@nightshift/config';
import { awsCommand, releaseTarget } from './target';

describe('releaseTarget', () => {
  it('derives all names from the environment (R0.8)', () => {
    const tags = { Project: 'nightshift', CostCenter: '4711' };
    const environment = environmentOf(
      environmentFile.parse({ tags, container: { name: 'risk', port: 9000 } }),
      'dev',
      'dev',
    );
    const { commands, ...target } = releaseTarget(environment);
    expect(commands.nightshift('release status')).toBe('npx nightshift release status -c dev');
    expect(target).toEqual({
      environment,
      suffix: 'dev',
      cluster: 'ecs-cluster-dev',
      service: 'ecs-service-dev',
      application: 'codedeploy-app-dev',
      deploymentGroup: 'codedeploy-group-dev',
      family: 'ecs-task-dev',
      containerName: 'risk',
      containerPort: 9000,
      repository: 'ecr-repository-dev',
      bucket: 's3-tfstate-nightshift-dev',
      scalableResourceId: 'service/ecs-cluster-dev/ecs-service-dev',
      logGroup: 'log-group-container-risk-dev',
    });
  });
});

describe('awsCommand', () => {
  it.each([
    ['aws', 'aws ecs list-clusters --region us-east-1'],
    ['local', 'npx nightshift local exec -- aws ecs list-clusters --region us-east-1'],
  ] as const)('is for %s', (cloud, command) => {
    expect(awsCommand({ cloud, region: 'us-east-1' }, 'ecs list-clusters')).toBe(command);
  });
});
