import { requestedEnvironment } from './requested-environment';

const CDKTF_CONTEXT_JSON = JSON.stringify({ environment: 'local' });

describe('the requested environment', () => {
  it('is ENVIRONMENT, with its suffix and output directory', () => {
    const asked = { ENVIRONMENT: 'preview', ENVIRONMENT_SUFFIX: 'pr-123', CDKTF_OUTDIR: 'out', CDKTF_CONTEXT_JSON };
    expect(requestedEnvironment(asked)).toEqual({ name: 'preview', suffix: 'pr-123', outdir: 'out' });
  });

  it('is the one in cdktf.json without ENVIRONMENT', () => {
    expect(requestedEnvironment({ CDKTF_CONTEXT_JSON })).toEqual({
      name: 'local',
      suffix: undefined,
      outdir: undefined,
    });
  });

  it('is required', () => {
    expect(() => requestedEnvironment({})).toThrow(
      'ENVIRONMENT: no environment is named - set it to the name of a file in environments/, or name one as context.environment in cdktf.json',
    );
  });
});
