import { complete, digestOf, FakeEcr, finding, scanIn } from '../testing';
import { imageName } from './image-name';
import { noResult, scanFinding, scanState } from './index';

describe('scanState', () => {
  it('returns the progress of a scan without waiting', async () => {
    const fake = new FakeEcr();
    const request = {
      ecr: fake.client,
      repository: 'ecr-repository-dev',
      found: { digest: digestOf('a1'), wholeDigest: digestOf('a1'), tags: [], pushedAt: new Date(0) },
    };
    fake.scans = [scanIn('IN_PROGRESS', 'scanning'), complete(finding('LOW', 'CVE-1')), undefined];
    expect(await scanState(request)).toEqual({ status: 'IN_PROGRESS', description: 'scanning', findings: [] });
    const { status, findings } = await scanState(request);
    expect([status, scanFinding.parse(findings[0])]).toEqual(['COMPLETE', findings[0]]);
    const state = await scanState(request);
    expect(state).toEqual({ status: 'NONE', findings: [] });
    const about = { ...request, image: imageName('1.4.2', 'x'), environment: { name: 'dev', suffix: 'dev' } };
    expect(noResult(about, state).message).toBe(
      'ecr-repository-dev: image 1.4.2 has not been scanned - scan it: npx nightshift scan --image 1.4.2 --start -c dev',
    );
  });
});
