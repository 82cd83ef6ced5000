import { CodeDeployClient, CreateDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';
import type { Releases } from '../harness/releases';
import { success } from '../harness/success';

const STOPPED = 12;
const IN_PROGRESS = 13;

/** Deployments that `aws deploy create-deployment` or the console starts. `good-1` runs before and after. */
export function otherClients(platform: () => Platform, releases: Releases): void {
  /** Starts a deployment of the running revision, as another client does. */
  async function deploy(): Promise<string> {
    const { names } = platform();
    const { taskDefinition, capacityProviderStrategy, loadBalancers } = await releases.primary();
    const { containerName, containerPort } = only(loadBalancers);
    const strategy = capacityProviderStrategy?.map(({ capacityProvider, weight, base }) => ({
      CapacityProvider: capacityProvider,
      Weight: weight,
      Base: base,
    }));
    const properties = {
      TaskDefinition: taskDefinition,
      LoadBalancerInfo: { ContainerName: containerName, ContainerPort: containerPort },
      CapacityProviderStrategy: strategy,
    };
    const content = JSON.stringify({
      version: 0,
      Resources: [{ TargetService: { Type: 'AWS::ECS::Service', Properties: properties } }],
    });
    const { deploymentId } = await platform()
      .aws(CodeDeployClient)
      .send(
        new CreateDeploymentCommand({
          applicationName: names.of('codedeploy-app'),
          deploymentGroupName: names.of('codedeploy-group'),
          description: 'by hand',
          revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
        }),
      );
    return String(deploymentId);
  }

  it('shows, watches and stops a deployment of another client like a release', async () => {
    const [newest] = await releases.history();
    const stopped = await deploy();
    const status = await releases.release('status');
    expect([status.exitCode, status.stdout]).toEqual([IN_PROGRESS, expect.stringContaining(stopped)]);
    expect((await releases.release('stop')).exitCode).toBe(STOPPED);

    const finished = await deploy();
    const { stdout } = await success(releases.release('watch --json'));
    expect(JSON.parse(String(stdout.trim().split('\n').at(-1)))).toMatchObject({
      end: 'succeeded',
      deploymentId: finished,
    });
    const { stdout: after } = await success(releases.release('status'));
    expect(after).toContain(`${finished} by another client (user), by hand: Succeeded`);
    expect((await releases.history())[0]).toEqual(newest);
    await releases.expectAtRest('good-1');
  });
}
