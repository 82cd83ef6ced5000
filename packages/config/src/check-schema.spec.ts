import { parseText } from './problems-of.fixture';
import { problemsOf } from './problems-of.fixture';

describe('problems of an environment file', () => {
  it.each([
    [
      'an unknown key that is like a known one',
      'task: { cpuu: 256 }',
      'dev.yaml: task.cpuu: is not a known key - did you mean cpu?',
    ],
    [
      'an unknown key that is like none',
      'task: { ram: 1 }',
      'dev.yaml: task.ram: is not a known key - remove it, or use one of cpu, memoryMiB, architecture, statements',
    ],
    ['an unknown section', 'sclaing: {}', 'dev.yaml: sclaing: is not a known key - did you mean scaling?'],
    [
      'an unknown key of the chosen alternative',
      'loadBalancer: { listener: { protocol: HTTP, certificateArn: x } }',
      'dev.yaml: loadBalancer.listener.certificateArn: is not a known key - remove it, or use one of protocol',
    ],
    ['a number where text belongs', 'region: 1', 'dev.yaml: region: is not text, got 1 - put it in quotes'],
    ['a list where text belongs', 'region: [us-east-1]', 'dev.yaml: region: is not text, got a list - write text'],
    [
      'a word where true or false belongs',
      'profile: yes',
      'dev.yaml: profile: is not true or false, got yes - write true, without quotes',
    ],
    [
      'off where true or false belongs',
      'profile: Off',
      'dev.yaml: profile: is not true or false, got Off - write false, without quotes',
    ],
    ['true in quotes', "profile: 'true'", "dev.yaml: profile: is not true or false, got 'true' - remove the quotes"],
    [
      'another text where true or false belongs',
      'profile: maybe',
      'dev.yaml: profile: is not true or false, got "maybe" - write one of them, without quotes',
    ],
    [
      'a number in quotes',
      'service: { desiredCount: "3" }',
      'dev.yaml: service.desiredCount: is text, but must be a number, got "3" - remove the quotes',
    ],
    [
      'one of some numbers in quotes',
      "task: { cpu: '1024' }",
      "dev.yaml: task.cpu: is text, but must be a number, got '1024' - remove the quotes",
    ],
    [
      'other text where a number belongs',
      'service: { desiredCount: "three" }',
      'dev.yaml: service.desiredCount: is not a whole number from 0 to 1000, got "three" - use one in this range',
    ],
    [
      'a block of text where a number belongs',
      'service:\n  desiredCount: |\n    3',
      'dev.yaml: service.desiredCount: is not a whole number from 0 to 1000, got "3\\n" - use one in this range',
    ],
    [
      'plain text where a number belongs',
      'service: { desiredCount: three }',
      'dev.yaml: service.desiredCount: is not a whole number from 0 to 1000, got "three" - use one in this range',
    ],
    [
      'a number with separators',
      'service: { desiredCount: 1_000 }',
      'dev.yaml: service.desiredCount: is text, but must be a number, got 1_000 - write 1000',
    ],
    [
      'a number with zeros before it where text belongs',
      'account: { id: 012345678901 }',
      'dev.yaml: account.id: is not text, got 012345678901 - put it in quotes',
    ],
    [
      'a number of another notation',
      'task: { cpu: 1e3 }',
      'dev.yaml: task.cpu: is not a size that Fargate offers, got 1e3 - use one of 256, 512, 1024, 2048, 4096, 8192, 16384',
    ],
    [
      'a hexadecimal number',
      'encryption: { deletionWindowDays: 0x28 }',
      'dev.yaml: encryption.deletionWindowDays: is not a whole number from 7 to 30, got 0x28 - use one in this range',
    ],
    [
      'a fraction where a whole number belongs',
      'service: { desiredCount: 2.5 }',
      'dev.yaml: service.desiredCount: is not a whole number from 0 to 1000, got 2.5 - use one in this range',
    ],
    [
      'a number out of its range',
      'encryption: { deletionWindowDays: 31 }',
      'dev.yaml: encryption.deletionWindowDays: is not a whole number from 7 to 30, got 31 - use one in this range',
    ],
    [
      'what is no number',
      'alarms: { targetResponseTime: { threshold: .nan } }',
      'dev.yaml: alarms.targetResponseTime.threshold: is not a number of 0 or more, got .nan - use one',
    ],
    [
      'a map where a list belongs',
      'network: { endpoints: { sqs: true } }',
      'dev.yaml: network.endpoints: is not a list, got a map - write each item on its own line, after "- "',
    ],
    [
      'a list where a map belongs',
      'task: [cpu]',
      'dev.yaml: task: is not a map, got a list - write each key on its own line, as "key: value"',
    ],
    [
      'a text where one of several maps belongs',
      'container: { image: initial-2 }',
      'dev.yaml: container.image: is not a map, got "initial-2" - write each key on its own line, as "key: value"; required: by and tag, or by and digest',
    ],
    [
      'a text where a map with a required key belongs',
      'account: text',
      'dev.yaml: account: is not a map, got "text" - write each key on its own line, as "key: value"; required: id',
    ],
    [
      'text where a map of any keys belongs',
      'container: { environment: text }',
      'dev.yaml: container.environment: is not a map - write each key on its own line, as "key: value"',
    ],
    ['a section without content', 'task:', 'dev.yaml: task: has no value - add a value, or remove the key'],
    ['a key without value', 'task: { cpu: }', 'dev.yaml: task.cpu: has no value - add a value, or remove the key'],
    [
      'a choice that is none',
      'cloud: azure',
      'dev.yaml: cloud: is not one of the choices, got "azure" - use aws or local',
    ],
    [
      'a choice of several',
      'network: { endpoints: [sms] }',
      'dev.yaml: network.endpoints[0]: is not one of the choices, got "sms" - use secretsmanager, sns, sqs, sts, monitoring, events, states, kinesis-streams, ecs-agent or ecs-telemetry',
    ],
    [
      'an alternative that is none',
      'deployment: { trafficRouting: { type: blue } }',
      'dev.yaml: deployment.trafficRouting.type: is not one of the choices, got "blue" - use linear, canary or all-at-once',
    ],
    [
      'an alternative that is not chosen',
      'deployment: { trafficRouting: {} }',
      'dev.yaml: deployment.trafficRouting.type: is missing - add it',
    ],
    ['a missing key', 'account: {}', 'dev.yaml: account.id: is missing - add it'],
    ['a missing number', 'delivery: {}', 'dev.yaml: delivery.order: is missing - add it'],
  ])('have path, problem and fix for %s', (_, yaml, problem) => expect(problemsOf(yaml)).toEqual([problem]));

  it('are reported once, even for a value outside of two limits', () => {
    expect(problemsOf('alarms: { cpuUtilization: { periodSeconds: -30 } }')).toEqual([
      'dev.yaml: alarms.cpuUtilization.periodSeconds: is not a multiple of 60 seconds up to a day, got -30 - use 60, 120, 300 and the like',
    ]);
  });

  it('do not repeat a possible secret', () => {
    expect(
      problemsOf(`container:
  environment: { PASSWORD: 271828, "my-token": 314159 }
  secrets: { TOKEN: 'hunter2', KEY: 161803 }`),
    ).toEqual([
      'dev.yaml: container.environment.PASSWORD: is not text - put it in quotes',
      'dev.yaml: container.environment.my-token: is not the name of an environment variable - use letters, digits and _, not beginning with a digit',
      'dev.yaml: container.secrets.TOKEN: is not an SSM parameter - write its path, such as /risk/database-password',
      'dev.yaml: container.secrets.KEY: is not text - put it in quotes',
    ]);
  });

  it('mark a missing value', () => {
    expect(problemsOf('scaling: { maximum: 2 }')).toEqual([
      'dev.yaml: service.desiredCount: is not between scaling.minimum and scaling.maximum, got 3 (the default) - use a number from 2 to 2',
    ]);
  });

  it('are reported all at once: types, values, rules for several keys, duplicate keys', () => {
    expect(
      problemsOf(`task: { cpu: 2048, memoryMiB: 4097 }
scaling: { minimum: 20 }
service: []
loadBalancer: { testListener: { port: 80 }, idle: 1 }
cloud: aws
cloud: aws`),
    ).toEqual([
      'dev.yaml:7:1: is a duplicate key, got cloud - keep one of the two',
      'dev.yaml: service: is not a map, got an empty list - write each key on its own line, as "key: value"',
      'dev.yaml: loadBalancer.idle: is not a known key - remove it, or use one of scheme, listener, allowedCidrs, testListener, healthCheck, idleTimeoutSeconds, deregistrationDelaySeconds, accessLogRetentionDays',
      'dev.yaml: task.memoryMiB: is not a size that Fargate offers with 2048 CPU units, got 4097 - use 4096 to 16384 in steps of 1024',
      'dev.yaml: scaling.minimum: is above maximum (10), got 20 - lower it or raise maximum',
      'dev.yaml: loadBalancer.testListener.port: is a port of the HTTP listener, got 80 - use another than 80',
    ]);
  });

  it('are not reported for a valid file', () => {
    expect(problemsOf('')).toEqual([]);
    expect(parseText('tags: { Project: p, CostCenter: c }', 'dev.yaml').file?.tags).toEqual({
      Project: 'p',
      CostCenter: 'c',
    });
  });
});
