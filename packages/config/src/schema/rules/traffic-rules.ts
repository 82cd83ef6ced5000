import { rule, type Report } from './rule';

interface Timing {
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
}

function answersBeforeNextCheck(section: string, { timeoutSeconds, intervalSeconds }: Timing, report: Report) {
  if (timeoutSeconds < intervalSeconds) return;
  report([section, 'healthCheck', 'timeoutSeconds'], {
    what: `is not below intervalSeconds (${intervalSeconds})`,
    got: timeoutSeconds,
    todo: 'lower it or raise intervalSeconds',
  });
}

const containerHealthCheck = rule({
  reads: ['container'],
  check: ({ container }, report) => answersBeforeNextCheck('container', container.healthCheck, report),
});

const targetHealthCheck = rule({
  reads: ['loadBalancer'],
  check: ({ loadBalancer }, report) => answersBeforeNextCheck('loadBalancer', loadBalancer.healthCheck, report),
});

const listenersOnDifferentPorts = rule({
  reads: ['loadBalancer'],
  check({ loadBalancer: { listener, testListener } }, report) {
    const taken = listener.protocol === 'HTTPS' ? [80, 443] : [80];
    if (!taken.includes(testListener.port)) return;
    report(['loadBalancer', 'testListener', 'port'], {
      what: `is a port of the ${listener.protocol} listener`,
      got: testListener.port,
      todo: `use another than ${taken.join(' and ')}`,
    });
  },
});

/**
 * A load balancer supports only certificates of its own region and account:
 * https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html
 */
const certificateAtHand = rule({
  reads: ['loadBalancer', 'region', 'account'],
  check({ loadBalancer: { listener }, region, account }, report) {
    if (listener.protocol === 'HTTP') return;
    const [, , , certificateRegion, certificateAccount] = listener.certificateArn.split(':');
    const wrong = (what: string, todo: string) =>
      report(['loadBalancer', 'listener', 'certificateArn'], { what, got: listener.certificateArn, todo });
    if (certificateRegion !== region) {
      wrong(`is not in the region of the environment (${region})`, 'use a certificate of that region');
    } else if (account && certificateAccount !== account.id) {
      wrong(`is not of the account in account.id (${account.id})`, 'use a certificate of that account');
    }
  },
});

export const trafficRules = [containerHealthCheck, targetHealthCheck, listenersOnDifferentPorts, certificateAtHand];
