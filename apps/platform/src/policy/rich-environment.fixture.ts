import { environmentFile, environmentOf, type Environment } from '@nightshift/config';

/** An environment with the optional features that committed ones do not use, so that every rule has subjects. */
export function richEnvironment(): Environment {
  const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
  const file = environmentFile.parse({
    tags: { Project: 'Nightshift', CostCenter: 'risk-analytics' },
    account: { id: '123456789012' },
    delivery: { order: 1 },
    network: { egress: [{ description: 'Market data', cidr: '192.0.2.0/24' }], endpoints: ['sqs'] },
    container: {
      environment: { MODE: 'night' },
      secrets: { FEED_PASSWORD: '/nightshift/feed-password' },
    },
    task: {
      statements: [
        {
          sid: 'Queue',
          actions: ['sqs:SendMessage'],
          resources: ['arn:aws:sqs:us-east-1:123456789012:results'],
        },
        {
          // Actions of two services, one for each endpoint.
          sid: 'InputsAndErrors',
          actions: ['s3:GetObject', 'sqs:SendMessage'],
          resources: ['arn:aws:s3:::inputs/*', 'arn:aws:sqs:us-east-1:123456789012:errors'],
        },
      ],
    },
    loadBalancer: { listener: { protocol: 'HTTPS', certificateArn } },
    processingWindows: [
      { name: 'night', from: '22:00', to: '06:00', timeZone: 'Europe/London', capacity: { minimum: 4, maximum: 8 } },
    ],
    alarms: { emails: ['risk@example.com'] },
  });
  return environmentOf(file, 'rich', 'rich');
}
