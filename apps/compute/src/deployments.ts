import { CodedeployApp } from '@cdktf/provider-aws/lib/codedeploy-app';
import { CodedeployDeploymentConfig } from '@cdktf/provider-aws/lib/codedeploy-deployment-config';
import { CodedeployDeploymentGroup } from '@cdktf/provider-aws/lib/codedeploy-deployment-group';
import type { Environment } from '@nightshift/config';
import { PlatformStack, serviceTrust } from '@nightshift/stack';
import { Construct } from 'constructs';
import type { Cluster } from './cluster';
import { deploymentConfig } from './deployment-config';
import { deploymentRoleStatements } from './deployment-role-statements';
import type { Listeners } from './listeners';
import type { LoadBalancer } from './load-balancer';
import type { ReleaseGates } from './release-gates';
import type { Service } from './service';
import { ServiceRole } from './service-role';
import type { TargetGroups } from './target-groups';
import type { TaskRoles } from './task-roles';

export interface DeploymentsProps {
  readonly deployment: Environment['deployment'];
  readonly testListener: Environment['loadBalancer']['testListener'];
  readonly cluster: Cluster;
  readonly service: Service;
  readonly roles: TaskRoles;
  readonly loadBalancer: LoadBalancer;
  readonly listeners: Listeners;
  readonly targetGroups: TargetGroups;
  readonly gates: ReleaseGates;
}

/** The time that CodeDeploy waits for the test of the new version, during which a killed release can be resumed. */
const TEST_WAIT_MINUTES = 60;

/** The CodeDeploy application and deployment group: blue/green in steps, with rollback by alarms (R10). */
export class Deployments extends Construct {
  readonly application: string;
  readonly group: string;

  constructor(scope: Construct, id: string, props: DeploymentsProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    const { deployment, listeners, targetGroups } = props;
    const role = this.role(props);
    const application = new CodedeployApp(this, 'Application', {
      name: names.of('codedeploy-app'),
      computePlatform: 'ECS',
    });
    const group = new CodedeployDeploymentGroup(this, 'Group', {
      appName: application.name,
      deploymentGroupName: names.of('codedeploy-group'),
      serviceRoleArn: role.arn,
      deploymentConfigName: this.configName(deployment),
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      blueGreenDeploymentConfig: {
        deploymentReadyOption: readyOption(props),
        terminateBlueInstancesOnDeploymentSuccess: {
          action: 'TERMINATE',
          terminationWaitTimeInMinutes: deployment.terminationWaitMinutes,
        },
      },
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      // A release also stops if the alarms cannot be read.
      alarmConfiguration: {
        enabled: true,
        ignorePollAlarmFailure: false,
        alarms: props.gates.alarms.map(({ alarmName }) => alarmName),
      },
      ecsService: { clusterName: props.cluster.name, serviceName: props.service.name },
      loadBalancerInfo: {
        targetGroupPairInfo: {
          prodTrafficRoute: { listenerArns: [listeners.production.arn] },
          testTrafficRoute: { listenerArns: [listeners.test.arn] },
          targetGroup: [{ name: targetGroups.blue.name }, { name: targetGroups.green.name }],
        },
      },
      dependsOn: [role.policy],
    });
    this.application = application.name;
    this.group = group.deploymentGroupName;
  }

  private role({ cluster, service, roles, loadBalancer, listeners }: DeploymentsProps): ServiceRole {
    const { partition, region, account } = PlatformStack.of(this);
    return new ServiceRole(this, 'Role', {
      qualifier: 'codedeploy',
      description: 'CodeDeploy releases the batch service',
      // No condition on the source: AWS documents none for CodeDeploy, and a condition that it does not meet would stop every release.
      // https://docs.aws.amazon.com/codedeploy/latest/userguide/getting-started-create-service-role.html
      trust: serviceTrust({ service: 'codedeploy.amazonaws.com' }),
      statements: deploymentRoleStatements({
        serviceArn: service.arn,
        taskSetsArn: `arn:${partition}:ecs:${region}:${account}:task-set/${cluster.name}/${service.name}/*`,
        listenerArns: [listeners.production.arn, listeners.test.arn],
        listenerRulesArn: `arn:${partition}:elasticloadbalancing:${region}:${account}:listener-rule/${loadBalancer.arnSuffix}/*`,
        taskRoleArns: [roles.execution.arn, roles.task.arn],
      }),
    });
  }

  private configName({ trafficRouting }: Environment['deployment']): string {
    const { names } = PlatformStack.of(this);
    const config = deploymentConfig(trafficRouting);
    if ('predefined' in config) return config.predefined;
    const { qualifier, type, percentage, intervalMinutes } = config;
    const routing = { interval: intervalMinutes, percentage };
    return new CodedeployDeploymentConfig(this, 'Config', {
      deploymentConfigName: names.of('codedeploy-config', qualifier),
      computePlatform: 'ECS',
      trafficRoutingConfig:
        type === 'TimeBasedLinear' ? { type, timeBasedLinear: routing } : { type, timeBasedCanary: routing },
      // The deployment group uses the new configuration before the old one is deleted.
      lifecycle: { createBeforeDestroy: true },
    }).deploymentConfigName;
  }
}

/**
 * If the test listener is reachable, CodeDeploy waits until the release has tested the new version through it.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentReadyOption.html
 */
function readyOption({ testListener }: Pick<DeploymentsProps, 'testListener'>) {
  return testListener.allowedCidrs.length === 0
    ? { actionOnTimeout: 'CONTINUE_DEPLOYMENT' }
    : { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: TEST_WAIT_MINUTES };
}
