import { serviceEventText } from './service-event-line';

describe('what ECS says', () => {
  it.each([
    ['(service ecs-service-prod) has reached a steady state.', 'has reached a steady state.'],
    [
      '(service ecs-service-prod) has started 1 tasks: (task 85c462cacb37409fac5dcef5308dc50c).',
      'has started 1 tasks: (task 85c462ca).',
    ],
    [
      '(service s) registered 1 targets in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/tg-green-prod/f7cec1d11aa3fc6b)',
      'registered 1 targets in (target-group tg-green-prod)',
    ],
  ])('is shown without what says nothing: %s', (text, shown) => {
    expect(serviceEventText(text)).toBe(shown);
  });
});
