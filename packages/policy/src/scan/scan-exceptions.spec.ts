import { scanExceptions } from './scan-exceptions';

const good = {
  check: 'CKV_AWS_338',
  resources: ['compute/Logs/*'],
  requirement: 'R8.3',
  reason: 'Logs are kept for 30 days.',
};
const read = (value: unknown) => scanExceptions(value, 'exceptions.yaml', ['R8.3']);
const REMEDY = 'set check, resources, requirement and reason as in the other exceptions';

describe('exceptions of the Checkov scan', () => {
  it('are read with check, resources, requirement and reason', () => {
    expect(read([good])).toEqual([good]);
  });

  it.each([
    ['a list that is none', {}, 'exceptions.yaml: Invalid input: expected array, received object'],
    [
      'a check of something else',
      [{ ...good, check: 'X' }],
      'exceptions.yaml: 0.check: is not a Checkov check for AWS',
    ],
    ['no resources', [{ ...good, resources: [] }], 'exceptions.yaml: 0.resources: contains no resource'],
    [
      'no requirement',
      [{ ...good, requirement: 'we' }],
      'exceptions.yaml: 0.requirement: is not the number of a requirement',
    ],
    ['a word as reason', [{ ...good, reason: 'cost' }], 'exceptions.yaml: 0.reason: is too short'],
    [
      'a requirement that is not there',
      [{ ...good, requirement: 'R8.4' }],
      'exceptions.yaml: 0.requirement: is R8.4, which does not exist',
    ],
  ])('are refused with %s', (_, value, message) => {
    expect(() => read(value)).toThrow(`${message} - ${REMEDY}`);
  });
});
