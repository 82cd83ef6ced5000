import { readConfiguration } from './configuration';

const messageOf = (env: Record<string, string>) => {
  try {
    readConfiguration(env);
  } catch (error) {
    return String((error as Error).message);
  }
  return 'nothing is wrong';
};

describe('configuration', () => {
  it('has a default for every value, below the limits of the platform', () => {
    expect(readConfiguration({ PATH: '/bin', PORT: undefined })).toEqual({
      HOST: '0.0.0.0',
      PORT: 8080,
      VERSION: 'development',
      LOG_LEVEL: 'info',
      MAX_JOBS: 64,
      MAX_UPLOADS: 128,
      UPLOAD_SECONDS: 30,
      MAX_BODY_BYTES: 8 * 1024 * 1024,
      ACCEPT_SECONDS: 20,
      DRAIN_SECONDS: 80,
      LINGER_SECONDS: 5,
      KEEP_ALIVE_SECONDS: 65,
    });
  });

  it('comes from the environment', () => {
    const env = {
      HOST: '127.0.0.1',
      PORT: '0',
      VERSION: 'sha256:4f1c2e9',
      LOG_LEVEL: 'debug',
      THREADS: '3',
      MAX_JOBS: '5',
      MAX_UPLOADS: '6',
      UPLOAD_SECONDS: '7',
      MAX_BODY_BYTES: '1000',
      ACCEPT_SECONDS: '0',
      DRAIN_SECONDS: '0',
      LINGER_SECONDS: '0',
      KEEP_ALIVE_SECONDS: '130',
    };
    expect(readConfiguration(env)).toEqual({
      ...env,
      PORT: 0,
      THREADS: 3,
      MAX_JOBS: 5,
      MAX_UPLOADS: 6,
      UPLOAD_SECONDS: 7,
      MAX_BODY_BYTES: 1000,
      ACCEPT_SECONDS: 0,
      DRAIN_SECONDS: 0,
      LINGER_SECONDS: 0,
      KEEP_ALIVE_SECONDS: 130,
    });
  });

  it.each([
    ['HOST', 'localhost', 'is not an IPv4 address, got "localhost" - use 0.0.0.0 or 127.0.0.1'],
    ['PORT', '65536', 'is not a whole number from 0 to 65535, got "65536" - use one in this range'],
    ['PORT', '', 'is not a whole number from 0 to 65535, got "" - use one in this range'],
    ['PORT', '80.5', 'is not a whole number from 0 to 65535, got "80.5" - use one in this range'],
    ['VERSION', 'a b', 'is not a version, got "a b" - use up to 128 letters, digits and _ . + : @ -'],
    ['LOG_LEVEL', 'loud', 'is not a level, got "loud" - use debug, info, warn, error'],
    ['THREADS', '0', 'is not a whole number from 1 to 64, got "0" - use one in this range'],
    ['MAX_JOBS', '0', 'is not a whole number from 1 to 1000, got "0" - use one in this range'],
    ['MAX_BODY_BYTES', '-1', 'is not a whole number from 1 to 268435456, got "-1" - use one in this range'],
    ['MAX_UPLOADS', '10001', 'is not a whole number from 1 to 10000, got "10001" - use one in this range'],
    ['UPLOAD_SECONDS', '0', 'is not a whole number from 1 to 3600, got "0" - use one in this range'],
    ['ACCEPT_SECONDS', '119', 'is not a whole number from 0 to 118, got "119" - use one in this range'],
    ['DRAIN_SECONDS', '119', 'is not a whole number from 0 to 118, got "119" - use one in this range'],
    ['LINGER_SECONDS', '119', 'is not a whole number from 0 to 118, got "119" - use one in this range'],
    ['KEEP_ALIVE_SECONDS', '0', 'is not a whole number from 1 to 4100, got "0" - use one in this range'],
  ])('refuses %s=%s', (name, value, problem) => {
    expect(messageOf({ [name]: value })).toBe(`${name}: ${problem}`);
  });

  it('reports all problems at once', () => {
    expect(messageOf({ PORT: 'x', DRAIN_SECONDS: 'y' })).toBe(
      'PORT: is not a whole number from 0 to 65535, got "x" - use one in this range\n' +
        'DRAIN_SECONDS: is not a whole number from 0 to 118, got "y" - use one in this range',
    );
  });
});
