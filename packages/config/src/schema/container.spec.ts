import { problemsOf } from '../problems-of.fixture';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('container (R4.2, R4.3)', () => {
  it.each([
    'image: { by: tag, tag: v1.2.3_rc-4 }',
    `image: { by: digest, digest: "${digest}" }`,
    'environment: { LOG_LEVEL: info, _x: "" }',
    'secrets: { PASSWORD: /risk/database-password, TOKEN: /token }',
    'healthCheck: { command: [CMD, /bin/check, --quick] }',
    'healthCheck: { command: [CMD-SHELL, "check || exit 1"] }',
    'user: "65534"',
    'port: 9090, previousPort: 8080, environment: { PORT: "9090" }',
  ])('accepts %s', (yaml) => expect(problemsOf(`container: { ${yaml} }`)).toEqual([]));

  it.each([
    [
      'name: Batch',
      'name: is not a container name, got "Batch" - use up to 32 lower-case letters, digits and -, beginning with a letter',
    ],
    [
      'image: { by: tag, tag: latest }',
      'image.tag: does not identify one image, got "latest" - use the tag of a version: tags of the registry are immutable',
    ],
    [
      'image: { by: tag, tag: ".v1" }',
      'image.tag: is not an image tag, got ".v1" - use up to 128 letters, digits and _ . -, beginning with a letter, a digit or _',
    ],
    [
      'image: { by: digest, digest: "sha256:abc" }',
      'image.digest: is not an image digest, got "sha256:abc" - write sha256: and 64 hexadecimal digits',
    ],
    [
      `image: { by: tag, tag: v1, digest: "${digest}" }`,
      'image.digest: is not a known key - remove it, or use one of by, tag',
    ],
    ['port: 9090, previousPort: 9090', 'previousPort: is the same as container.port, got 9090 - remove it'],
    [
      'port: 9090, environment: { PORT: "8080" }',
      'environment.PORT: is not container.port (9090), which the container gets as PORT - remove it',
    ],
    [
      'secrets: { PORT: /risk/port }',
      'secrets.PORT: is not container.port (8080), which the container gets as PORT - remove it',
    ],
    [
      'environment: { AWS_REGION: eu-west-1 }',
      'environment.AWS_REGION: is set by the platform, from region - remove it',
    ],
    [
      'secrets: { DRAIN_SECONDS: /risk/drain }',
      'secrets.DRAIN_SECONDS: is set by the platform, from container.draining - remove it',
    ],
    [
      'healthCheck: { path: live }',
      'healthCheck.path: is not a path, got "live" - start with / and use letters, digits and . _ ~ % : @ , + = - /',
    ],
    ['port: 65536', 'port: is not a whole number from 1 to 65535, got 65536 - use one in this range'],
    [
      'environment: { AWS_SECRET_ACCESS_KEY: x }',
      'environment.AWS_SECRET_ACCESS_KEY: holds credentials - remove it and give the task role what it needs in task.statements',
    ],
    [
      'secrets: { 2x: /a }',
      'secrets.2x: is not the name of an environment variable - use letters, digits and _, not beginning with a digit',
    ],
    [
      'secrets: { A: /aws/reference }',
      'secrets.A: is not an SSM parameter - write its path, such as /risk/database-password',
    ],
    ['secrets: { A: /SSM-x }', 'secrets.A: is not an SSM parameter - write its path, such as /risk/database-password'],
    ['secrets: { A: /a/ }', 'secrets.A: is not an SSM parameter - write its path, such as /risk/database-password'],
    [
      'environment: { A: b }, secrets: { A: /a }',
      'secrets.A: is also in container.environment - remove one of the two',
    ],
    ['command: run', 'command: is not a list, got "run" - write each item on its own line, after "- "'],
    ['command: [1]', 'command[0]: is not text, got 1 - put it in quotes'],
    [
      'user: root',
      'user: is not an unprivileged user, got "root" - write a numeric user id above 0, alone or with a group, such as 1000:1000',
    ],
    [
      'user: "0"',
      'user: is not an unprivileged user, got "0" - write a numeric user id above 0, alone or with a group, such as 1000:1000',
    ],
    [
      'ulimits: [{ name: nofile, softLimit: 2, hardLimit: 1 }]',
      'ulimits[0].softLimit: is above hardLimit (1), got 2 - lower it or raise hardLimit',
    ],
    [
      'ulimits: [{ name: nproc, softLimit: 1, hardLimit: 1 }]',
      'ulimits[0].name: is not one of the choices, got "nproc" - use nofile',
    ],
    [
      'ulimits: [{ name: nofile, softLimit: 1, hardLimit: 1 }, { name: nofile, softLimit: 2, hardLimit: 2 }]',
      'ulimits[1]: has the same name as item 1 of the list, got a map - remove one of the two',
    ],
    [
      'healthCheck: { command: [wget, x] }',
      'healthCheck.command: is not a health check, got a list - write [CMD, program, argument, ...] or [CMD-SHELL, line for the shell of the image]',
    ],
    [
      'healthCheck: { command: [CMD] }',
      'healthCheck.command: is not a health check, got a list - write [CMD, program, argument, ...] or [CMD-SHELL, line for the shell of the image]',
    ],
    [
      'healthCheck: { command: [CMD-SHELL, a, b] }',
      'healthCheck.command: is not a health check, got a list - write [CMD, program, argument, ...] or [CMD-SHELL, line for the shell of the image]',
    ],
    [
      'healthCheck: { timeoutSeconds: 30 }',
      'healthCheck.timeoutSeconds: is not below intervalSeconds (30), got 30 - lower it or raise intervalSeconds',
    ],
    [
      'stopTimeoutSeconds: 121',
      'stopTimeoutSeconds: is not a whole number from 2 to 120, got 121 - use one in this range',
    ],
  ])('refuses %s', (yaml, problem) =>
    expect(problemsOf(`container: { ${yaml} }`)).toEqual([`dev.yaml: container.${problem}`]),
  );

  it('does not treat the name of an Object.prototype property as a secret', () => {
    expect(problemsOf('container: { secrets: { toString: /a, constructor: /b } }')).toEqual([]);
  });
});
