import { requestedEnvironment } from './requested-environment';

const CDKTF_CONTEXT_JSON = JSON.stringify({ environment: 'local' });

describe('the environment that is asked for', () => {
  it('is ENVIRONMENT, with the suffix and the directory that go with it', () => {
    const asked = { ENVIRONMENT: 'preview', ENVIRONMENT_SUFFIX: 'pr-123', CDKTF_OUTDIR: 'out', CDKTF_CONTEXT_JSON };
    expect(requestedEnvironment(asked)).toEqual({ name: 'preview', suffix: 'pr-123', outdir: 'out' });
  });

  it('is the one that cdktf.json names otherwise', () => {
    expect(requestedEnvironment({ CDKTF_CONTEXT_JSON })).toEqual({
      name: 'local',
      suffix: undefined,
      outdir: undefined,
    });
  });

  it('has to be named somewhere', () => {
    expect(() => requestedEnvironment({})).toThrow(
      'ENVIRONMENT: no environment is named - set it to the name of a file in environments/, or name one as context.environment in cdktf.json',
    );
  });
});
