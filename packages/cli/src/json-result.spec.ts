import { jsonResult } from './json-result';

describe('jsonResult', () => {
  const environment = { name: 'preview', suffix: 'pr-1' };

  it('is one line in the form that all verbs share', () => {
    expect(jsonResult({ verb: 'doctor', environment, exitCode: 0, checks: [] })).toBe(
      '{"type":"result","verb":"doctor","environment":"preview","suffix":"pr-1","status":"succeeded","checks":[],"exitCode":0}\n',
    );
  });

  it.each([
    [1, 'failed'],
    [2, 'succeeded'],
  ])('says that an exit code of %i has %s', (exitCode, status) => {
    expect(JSON.parse(jsonResult({ verb: 'bootstrap', environment, exitCode }))).toMatchObject({ status, exitCode });
  });
});
