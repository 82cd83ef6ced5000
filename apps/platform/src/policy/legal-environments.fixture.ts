import { environmentFile, environmentOf, type Environment } from '@nightshift/config';
import fc from 'fast-check';

const int = (min: number, max: number) => fc.integer({ min, max });
/** Any keys may be left out. */
const some = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [] });
const network = int(0, 255).map((last) => `192.0.2.${last}/32`);
const networks = fc.uniqueArray(network, { minLength: 1, maxLength: 3 });
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';

/** Without NAT gateways, egress needs other gateways. */
const closedNetwork = fc.record({
  natGateways: fc.constant('none'),
  egress: fc.constantFrom(
    [],
    [{ description: 'Database', cidr: '10.50.0.0/16', port: 5432, through: 'pcx-0123456789abcdef0' }],
  ),
});

const settings = some({
  network: fc.oneof(
    closedNetwork,
    some({
      natGateways: fc.constantFrom('one-per-zone', 'single'),
      egress: networks.map((cidrs) =>
        cidrs.map((cidr, index) => ({ description: 'Elsewhere', cidr, port: 1000 + index })),
      ),
      endpointZones: fc.constantFrom('all', 'one'),
      endpoints: fc.subarray(['sns', 'states', 'kinesis-streams', 'ecs-agent', 'secretsmanager']),
    }),
  ),
  registry: fc.record({ keepImages: int(1, 1000) }),
  container: some({
    port: int(1024, 7999),
    previousPort: fc.constant(8000),
    environment: fc.constant({ MODE: 'night' }),
    secrets: fc.constant({ FEED: '/nightshift/feed' }),
    stopTimeoutSeconds: int(85, 120),
  }),
  task: fc.record({
    statements: fc.constant([
      { sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::results/*'], conditions: {} },
    ]),
  }),
  service: fc
    .tuple(int(0, 100), int(1, 100), int(0, 5))
    .map(([spotWeight, onDemandWeight, onDemandBase]) => ({ capacity: { spotWeight, onDemandWeight, onDemandBase } })),
  scaling: int(3, 60).map((maximum) => ({ maximum, scaleOut: { cpuPercent: 80 }, scaleIn: { cpuPercent: 20 } })),
  loadBalancer: some({
    scheme: fc.constantFrom('internet-facing', 'internal'),
    listener: fc.constantFrom({ protocol: 'HTTP' }, { protocol: 'HTTPS', certificateArn }),
    allowedCidrs: networks,
    testListener: fc.record({ port: int(8001, 9000), allowedCidrs: networks }),
    healthCheck: fc.record({ path: fc.constantFrom('/health', '/ready'), unhealthyThreshold: int(2, 10) }),
    accessLogRetentionDays: int(1, 400),
  }),
  deployment: some({
    trafficRouting: fc.constantFrom(
      { type: 'linear' },
      { type: 'canary', percentage: 20, intervalMinutes: 5 },
      { type: 'all-at-once' },
    ),
    terminationWaitMinutes: int(0, 2880),
  }),
  logs: fc.record({ retentionDays: fc.constantFrom(1, 30, 365) }),
  encryption: fc.record({ deletionWindowDays: int(7, 30) }),
  alarms: fc.record({ emails: fc.subarray(['a@example.com', 'b@example.com']) }),
});

/** Arbitrary valid environments, by the settings that rules read. */
export const legalEnvironments: fc.Arbitrary<Environment> = settings.map((chosen) => {
  const file = environmentFile.parse({ tags: { Project: 'Nightshift', CostCenter: 'risk-analytics' }, ...chosen });
  return environmentOf(file, 'legal', 'legal');
});
