import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { namesFor } from '@nightshift/naming';
import type { Verification } from '../record';
import type { ReleaseContext, TestAnswer } from '../release-context';

type Context = Pick<ReleaseContext, 'clients' | 'target' | 'clock' | 'timeScale' | 'testListener'>;

/** The first failure can be caused by a listener that has just been switched. */
const ATTEMPTS = 3;

/** AWS's seconds between two attempts. */
const PAUSE = 5;

/** Characters of a response in a message. */
const SHOWN_CHARACTERS = 120;

/** A request and the expected response. */
interface Test {
  readonly method: string;
  readonly path: string;
  readonly body?: string | undefined;
  readonly status: number;
  readonly contains?: string | undefined;
}

/**
 * Sends the test requests of the environment to the new version, through the test listener. They may be sent again: another command
 * repeats them when this one is killed.
 * @returns `not-verified` when this machine cannot reach the test listener.
 */
export async function testNewVersion(context: Context): Promise<Verification> {
  const { loadBalancer, deployment } = context.target.environment;
  const tests: Test[] = [
    { method: 'GET', path: loadBalancer.healthCheck.path, status: 200 },
    ...deployment.testRequests,
  ];
  const url = await testUrl(context);
  const verification = (outcome: Verification['outcome'], text: string): Verification => ({
    outcome,
    text,
    time: context.clock.now().toISOString(),
  });
  let reached = false;
  for (const test of tests) {
    const problem = await problemOf(test, url, context, () => (reached = true));
    if (problem === undefined) continue;
    if (reached) return verification('failed', `test request ${test.method} ${test.path}: ${problem}`);
    return verification('not-verified', `this machine does not reach the test listener at ${url}: ${problem}`);
  }
  return verification('passed', `${tests.length} of ${tests.length} test requests answered as expected`);
}

/** The error of the last response; undefined if one response is correct. */
async function problemOf(
  test: Test,
  url: string,
  { clock, timeScale, target, testListener }: Context,
  onAnswer: () => void,
): Promise<string | undefined> {
  const { method, path, body } = test;
  // The load balancer returns 504 earlier.
  const timeoutSeconds = target.environment.loadBalancer.idleTimeoutSeconds + 5;
  for (let attempt = 1; ; attempt++) {
    const answer = await testListener.send({ method, url: `${url}${path}`, body, timeoutSeconds });
    if ('status' in answer) onAnswer();
    const problem = 'status' in answer ? difference(test, answer) : answer.problem;
    if (problem === undefined || attempt === ATTEMPTS) return problem;
    await clock.sleep((PAUSE * 1000) / timeScale);
  }
}

function difference({ status, contains }: Test, answer: TestAnswer): string | undefined {
  const text = answer.body.replace(/\s+/g, ' ').trim();
  const got = `got ${answer.status}${text === '' ? '' : ` ${text.slice(0, SHOWN_CHARACTERS)}`}`;
  if (answer.status !== status) return `${got}, expected ${status}`;
  if (contains !== undefined && !answer.body.includes(contains)) return `${got}, expected ${contains} in the answer`;
  return undefined;
}

async function testUrl({ clients, target, testListener }: Context): Promise<string> {
  const local = await testListener.localUrl();
  if (local !== undefined) return local;
  const { listener, testListener: settings } = target.environment.loadBalancer;
  const answer = await clients.elbv2.send(
    new DescribeLoadBalancersCommand({ Names: [namesFor(target.suffix).of('alb')] }),
  );
  const name = String(answer.LoadBalancers?.[0]?.DNSName);
  return `${listener.protocol.toLowerCase()}://${name}:${settings.port}`;
}

/** The result if CodeDeploy does not wait for a test. */
export function notTested({ clock }: Pick<ReleaseContext, 'clock'>): Verification {
  const text = 'loadBalancer.testListener.allowedCidrs lets nobody reach the test listener';
  return { outcome: 'not-verified', text, time: clock.now().toISOString() };
}
