import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import type { TargetGroups } from './target-groups';

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

export interface ListenersProps extends Pick<Environment['loadBalancer'], 'listener' | 'testListener'> {
  readonly loadBalancerArn: string;
  readonly targetGroups: TargetGroups;
}

/**
 * The production listener and the test listener. CodeDeploy switches both between blue and green; with a certificate, both use TLS, and
 * HTTP is redirected (R6.4).
 */
export class Listeners extends Construct {
  readonly production: LbListener;
  readonly test: LbListener;

  constructor(scope: Construct, id: string, props: ListenersProps) {
    super(scope, id);
    const { listener, testListener, loadBalancerArn, targetGroups } = props;
    const { names } = PlatformStack.of(this);
    const secure = listener.protocol === 'HTTPS';

    const shifting = (
      listenerId: string,
      qualifier: string,
      port: number,
      first: LbTargetGroup,
      other: LbTargetGroup,
    ) =>
      new LbListener(this, listenerId, {
        loadBalancerArn,
        port,
        ...protocolOf(listener),
        defaultAction: [{ type: 'forward', targetGroupArn: first.arn }],
        tags: { Name: names.of('listener', qualifier) },
        // A release changes it; reverting it would be an outage.
        lifecycle: { ignoreChanges: ['default_action'] },
        // After a release, it forwards to the other target group, which AWS cannot delete before the listener.
        dependsOn: [other],
      });
    const { blue, green } = targetGroups;
    this.production = shifting('Production', 'production', secure ? HTTPS_PORT : HTTP_PORT, blue, green);
    this.test = shifting('Test', 'test', testListener.port, green, blue);

    if (secure) {
      new LbListener(this, 'Redirect', {
        loadBalancerArn,
        port: HTTP_PORT,
        protocol: 'HTTP',
        defaultAction: [
          {
            type: 'redirect',
            redirect: { protocol: 'HTTPS', port: String(HTTPS_PORT), statusCode: 'HTTP_301' },
          },
        ],
        tags: { Name: names.of('listener', 'redirect') },
        // If an environment gets its certificate later, the production listener must leave port 80 first.
        dependsOn: [this.production],
      });
    }
  }
}

function protocolOf(listener: Environment['loadBalancer']['listener']) {
  if (listener.protocol === 'HTTP') return { protocol: 'HTTP' };
  return { protocol: 'HTTPS', certificateArn: listener.certificateArn, sslPolicy: listener.sslPolicy };
}
