import type { NetworkOutputs } from '@nightshift/network';
import type { RegistryOutputs } from '@nightshift/registry';
import { HardenedBucket, PlatformStack, type PlatformStackProps } from '@nightshift/stack';
import type { Construct } from 'constructs';
import { Cluster } from './cluster';
import type { ComputeOutputs } from './compute-outputs';
import { Deployments } from './deployments';
import { Listeners } from './listeners';
import { accessLogStatements, LoadBalancer } from './load-balancer';
import { ReleaseGates } from './release-gates';
import { Scaling } from './scaling';
import { Service } from './service';
import { ServiceLogs } from './service-logs';
import { TargetGroups } from './target-groups';
import { TaskDefinition } from './task-definition';
import { TaskRoles } from './task-roles';

export interface ComputeStackProps extends PlatformStackProps {
  readonly network: NetworkOutputs;
  readonly registry: RegistryOutputs;
}

/** The batch service: cluster, task and service (R3 to R5), load balancer (R6), auto-scaling (R7), roles (R9) and releases (R10). */
export class ComputeStack extends PlatformStack {
  readonly outputs: ComputeOutputs;

  constructor(scope: Construct, id: string, { environment, network, registry }: ComputeStackProps) {
    super(scope, id, { environment });
    const {
      container,
      task,
      service: settings,
      scaling: bounds,
      loadBalancer: balancing,
      processingWindows,
    } = environment;

    const logs = new ServiceLogs(this, 'Logs', {
      containerName: container.name,
      retentionDays: environment.logs.retentionDays,
      keyDeletionWindowDays: environment.encryption.deletionWindowDays,
    });
    const cluster = new Cluster(this, 'Cluster', { capacity: settings.capacity, logs });
    const roles = new TaskRoles(this, 'TaskRoles', {
      secrets: container.secrets,
      statements: task.statements,
      repositoryArn: registry.repository_arn,
      logs,
    });
    const taskDefinition = new TaskDefinition(this, 'TaskDefinition', {
      container,
      task,
      repositoryUrl: registry.repository_url,
      logGroupName: logs.container.name,
      idleTimeoutSeconds: balancing.idleTimeoutSeconds,
      roles,
    });

    const accessLogs = new HardenedBucket(this, 'AccessLogs', {
      qualifier: 'alblogs',
      bucketQualifier: environment.bucketQualifier,
      retentionDays: balancing.accessLogRetentionDays,
      statements: (bucketArn) => accessLogStatements(bucketArn, this.account),
    });
    const loadBalancer = new LoadBalancer(this, 'LoadBalancer', {
      scheme: balancing.scheme,
      subnetIds: balancing.scheme === 'internal' ? network.private_subnet_ids : network.public_subnet_ids,
      securityGroupId: network.load_balancer_security_group_id,
      accessLogs,
      idleTimeoutSeconds: balancing.idleTimeoutSeconds,
    });
    const targetGroups = new TargetGroups(this, 'TargetGroups', {
      healthCheck: balancing.healthCheck,
      deregistrationDelaySeconds: balancing.deregistrationDelaySeconds,
      vpcId: network.vpc_id,
    });
    const listeners = new Listeners(this, 'Listeners', {
      listener: balancing.listener,
      testListener: balancing.testListener,
      loadBalancerArn: loadBalancer.arn,
      targetGroups,
    });

    const service = new Service(this, 'Service', {
      settings,
      container,
      cluster,
      taskDefinitionArn: taskDefinition.arn,
      roles,
      subnetIds: network.private_subnet_ids,
      securityGroupId: network.tasks_security_group_id,
      targetGroupArn: targetGroups.blue.arn,
      listeners: [listeners.production, listeners.test],
    });
    const scaling = new Scaling(this, 'Scaling', {
      scaling: bounds,
      processingWindows,
      clusterName: cluster.name,
      serviceName: service.name,
    });

    const gates = new ReleaseGates(this, 'Gates', {
      gates: environment.gates,
      loadBalancer: loadBalancer.arnSuffix,
      targetGroups: { blue: targetGroups.blue.arnSuffix, green: targetGroups.green.arnSuffix },
    });
    const deployments = new Deployments(this, 'Deployments', {
      deployment: environment.deployment,
      testListener: balancing.testListener,
      cluster,
      service,
      roles,
      loadBalancer,
      listeners,
      targetGroups,
      gates,
    });

    this.outputs = this.publish({
      cluster_name: cluster.name,
      cluster_arn: cluster.arn,
      service_name: service.name,
      service_arn: service.arn,
      log_group_name: logs.container.name,
      scalable_resource_id: scaling.resourceId,
      scale_in_alarm_name: scaling.scaleInAlarm.alarmName,
      scale_in_alarm_arn: scaling.scaleInAlarm.arn,
      gate_alarm_arns: gates.alarms.map(({ arn }) => arn),
      codedeploy_application: deployments.application,
      codedeploy_deployment_group: deployments.group,
      load_balancer: loadBalancer.arnSuffix,
      load_balancer_dns_name: loadBalancer.dnsName,
      target_group_blue: targetGroups.blue.arnSuffix,
      target_group_green: targetGroups.green.arnSuffix,
    });
  }
}
