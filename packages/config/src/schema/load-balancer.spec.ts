import { problemsOf } from '../problems-of.fixture';

const certificate = (region: string, account: string) => `arn:aws:acm:${region}:${account}:certificate/0a-b`;
const https = (arn: string, more = '', beside = '') =>
  `loadBalancer: { listener: { protocol: HTTPS, certificateArn: "${arn}"${more} }${beside} }`;
const networks = (count: number) => Array.from({ length: count }, (_, index) => `192.0.2.${index}/32`).join(', ');

describe('load balancer (R6)', () => {
  it.each([
    https(certificate('us-east-1', '123456789012')),
    https(certificate('us-east-1', '123456789012'), ', sslPolicy: ELBSecurityPolicy-TLS13-1-3-2021-06'),
    `account: { id: "123456789012" }\n${https(certificate('us-east-1', '123456789012'))}`,
    `account: { id: "123456789012" }\nloadBalancer: { listener: { protocol: HTTP } }`,
    'loadBalancer: { healthCheck: { path: /a/b.c~d } }',
    'loadBalancer: { allowedCidrs: [192.0.2.0/24, 198.51.100.0/24] }',
  ])('accepts %s', (yaml) => expect(problemsOf(yaml)).toEqual([]));

  it.each([
    [
      'HTTPS without a certificate',
      'loadBalancer: { listener: { protocol: HTTPS } }',
      'listener.certificateArn: is missing - add it',
    ],
    [
      'what is no certificate',
      https('arn:aws:iam::123456789012:server-certificate/x'),
      'listener.certificateArn: is not the ARN of an ACM certificate, got "arn:aws:iam::123456789012:server-certificate/x" - write one such as arn:aws:acm:<region>:<account>:certificate/<id>',
    ],
    [
      'a certificate of another region',
      https(certificate('eu-west-1', '123456789012')),
      'listener.certificateArn: is not in the region of the environment (us-east-1), got "arn:aws:acm:eu-west-1:123456789012:certificate/0a-b" - use a certificate of that region',
    ],
    [
      'a certificate of another account',
      `account: { id: "123456789012" }\n${https(certificate('us-east-1', '210987654321'))}`,
      'listener.certificateArn: is not of the account in account.id (123456789012), got "arn:aws:acm:us-east-1:210987654321:certificate/0a-b" - use a certificate of that account',
    ],
    [
      'an old TLS version',
      https(certificate('us-east-1', '123456789012'), ', sslPolicy: ELBSecurityPolicy-2016-08'),
      'listener.sslPolicy: is not a policy of TLS 1.2 or later, got "ELBSecurityPolicy-2016-08" - use one such as ELBSecurityPolicy-TLS13-1-2-2021-06',
    ],
    [
      'nobody who may reach it',
      'loadBalancer: { allowedCidrs: [] }',
      'allowedCidrs: is empty, so no client can reach the load balancer, got an empty list - add at least one network',
    ],
    [
      'more networks than a group holds',
      `loadBalancer: { allowedCidrs: [${networks(21)}] }`,
      'allowedCidrs: has more networks than a security group supports, got a list - combine networks, at most 20',
    ],
    [
      'more networks than a group holds for the test listener',
      `loadBalancer: { testListener: { allowedCidrs: [${networks(21)}] } }`,
      'testListener.allowedCidrs: has more networks than a security group supports, got a list - combine networks, at most 20',
    ],
    [
      'a network twice',
      'loadBalancer: { allowedCidrs: [192.0.2.0/24, 192.0.2.0/24] }',
      'allowedCidrs[1]: is the same network as item 1 of the list, got "192.0.2.0/24" - remove one of the two',
    ],
    [
      'the test listener on the port of HTTP',
      'loadBalancer: { testListener: { port: 80 } }',
      'testListener.port: is a port of the HTTP listener, got 80 - use another than 80',
    ],
    [
      'the test listener on the port of HTTPS',
      https(certificate('us-east-1', '123456789012'), '', ', testListener: { port: 443 }'),
      'testListener.port: is a port of the HTTPS listener, got 443 - use another than 80 and 443',
    ],
    [
      'a health check that ends after the next begins',
      'loadBalancer: { healthCheck: { intervalSeconds: 5 } }',
      'healthCheck.timeoutSeconds: is not below intervalSeconds (5), got 5 (the default) - lower it or raise intervalSeconds',
    ],
    [
      'a path with characters of the shell',
      'loadBalancer: { healthCheck: { path: "/health; x" } }',
      'healthCheck.path: is not a path, got "/health; x" - start with / and use letters, digits and . _ ~ % : @ , + = - /',
    ],
  ])('refuses %s', (_, yaml, problem) => expect(problemsOf(yaml)).toEqual([`dev.yaml: loadBalancer.${problem}`]));

  it('accepts port 443 for the test listener of an HTTP environment', () => {
    expect(problemsOf('loadBalancer: { testListener: { port: 443 } }')).toEqual([]);
  });
});
