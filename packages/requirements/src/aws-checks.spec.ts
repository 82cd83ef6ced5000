import { checklistLine } from '@nightshift/console';
import { FakeTerminal } from '@nightshift/console/testing';
import { runChecks } from '@nightshift/release';
import { recordFixture } from '@nightshift/release-view/testing';
import { ensureStateBucket } from '@nightshift/state-bucket';
import type { Environment } from '@nightshift/config';
import { FakeAws } from '@nightshift/state-bucket/testing';
import { FAKE_ACCOUNT, sdkError } from '@nightshift/testing/aws';
import { environmentFixture } from '@nightshift/testing/environment';
import { requirementsFixture } from './testing/requirements-fixture';
import { machineChecks } from './machine-checks';
import type { RequirementsContext } from './requirements-context';
import { accountChecks, awsChecks, environmentCaller, localCloudCheck } from './aws-checks';

const refused = sdkError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);

const unreachable = Object.assign(new Error('getaddrinfo ENOTFOUND sts.me-south-1.amazonaws.com'), {
  code: 'ENOTFOUND',
});

/** Clients for each region, that fail where the table has an error. */
function connector(failures: Readonly<Record<string, Error>>) {
  const regions: string[] = [];
  const connect = ({ region }: Environment) => {
    regions.push(region);
    const aws = new FakeAws();
    const failure = failures[region];
    if (failure) aws.failures.set('GetCallerIdentity', failure);
    return Promise.resolve(aws.clients);
  };
  return { regions, connect };
}

const inRegion = (region: string) => environmentFixture({ file: { region } });

describe('environmentCaller', () => {
  it('calls the region of the environment', async () => {
    const { regions, connect } = connector({});
    expect((await environmentCaller(inRegion('eu-west-1'), connect)).caller.account).toBe(FAKE_ACCOUNT);
    expect(regions).toEqual(['eu-west-1']);
  });

  it.each([refused, unreachable])(
    'distinguishes a region that does not respond from invalid credentials: %s',
    async (failure) => {
      const { regions, connect } = connector({ 'me-south-1': failure });
      const { caller, regionFailure } = await environmentCaller(inRegion('me-south-1'), connect);
      expect(caller.account).toBe(FAKE_ACCOUNT);
      expect(regionFailure?.message).toContain('AWS in me-south-1: ');
      expect(regions).toEqual(['me-south-1', 'us-east-1']);
    },
  );

  it('reports invalid credentials if every region refuses them', async () => {
    const { connect } = connector({ 'eu-west-1': refused, 'us-east-1': refused });
    await expect(environmentCaller(inRegion('eu-west-1'), connect)).rejects.toThrow(
      'AWS in eu-west-1: AWS does not accept the credentials, got InvalidClientTokenId',
    );
  });

  it.each([
    ['us-east-1', refused],
    ['eu-west-1', sdkError('ExpiredToken', 'The token is expired', 403)],
  ])('calls AWS once in %s if the answer is clear', async (region, failure) => {
    const { regions, connect } = connector({ [region]: failure });
    await expect(environmentCaller(inRegion(region), connect)).rejects.toThrow(`AWS in ${region}: `);
    expect(regions).toEqual([region]);
  });

  it('throws a defect', async () => {
    const { connect } = connector({ 'eu-west-1': new TypeError('x is not a function') });
    await expect(environmentCaller(inRegion('eu-west-1'), connect)).rejects.toThrow(TypeError);
  });
});

const BUCKET = 's3-tfstate-nightshift-dev';

/** The lines of the checks of an environment. */
async function checked(context: RequirementsContext, file: object = {}): Promise<string> {
  const environment = environmentFixture({ file });
  const checks = [
    ...machineChecks(environment, context),
    localCloudCheck(environment, context),
    ...awsChecks(environment, context, () => []),
    ...(await accountChecks(environment, context)),
  ];
  const { colours } = new FakeTerminal();
  return (await runChecks(checks)).map((item) => checklistLine(item, colours)).join('');
}

async function ready() {
  const fixture = requirementsFixture();
  await ensureStateBucket({ aws: fixture.aws.clients, environment: environmentFixture() });
  return fixture;
}

describe('awsChecks', () => {
  it('are skipped while the local cloud does not run', async () => {
    expect(await checked(requirementsFixture().context, { cloud: 'local' })).toContain(
      '  [SKIP] AWS settings: needs local cloud\n  [SKIP] AWS credentials: needs AWS settings\n',
    );
  });

  it('restores the auto-scaling of a release that ended unwatched', async () => {
    const { context } = await ready();
    const record = recordFixture({ startedAt: '2026-09-16T08:00:00.000Z', outcome: 'succeeded' });
    const finishEnded = () => Promise.resolve({ kind: 'finished', record } as const);
    expect(await checked({ ...context, finishEnded })).toContain(
      '  [OK] unfinished release: the release of 2026-09-16T08:00:00.000Z ended while nobody watched it: succeeded. Its record is now closed and auto-scaling is restored.\n',
    );
  });

  it('warns about auto-scaling that is suspended without a release', async () => {
    const { context } = await ready();
    const problem = { severity: 'warning', what: 'auto-scaling is suspended', todo: 'resume it' } as const;
    const finishEnded = () => Promise.resolve({ kind: 'suspended', problem } as const);
    const stdout = await checked({ ...context, finishEnded });
    expect(stdout).toContain('  [WARN] unfinished release: auto-scaling is suspended\n       -> resume it\n');
  });

  it('describes a problem with the credentials', async () => {
    const { context, aws } = await ready();
    aws.failures.set('GetCallerIdentity', sdkError('ExpiredToken', 'The security token is expired', 403));
    const stdout = await checked(context);
    expect(stdout).toContain(
      `  [FAIL] AWS credentials: AWS in us-east-1: the AWS credentials have expired, got The security token is expired
       -> sign in again (aws sso login, or new keys), then run the same command again
  [SKIP] account: needs AWS credentials
`,
    );
  });

  it('reports the wrong account', async () => {
    const { context } = await ready();
    expect(await checked(context, { account: { id: '999999999999' } })).toContain(
      `  [FAIL] account: environments/dev.yaml: account.id: only account 999999999999 is allowed, got credentials of account 123456789012 (arn:aws:iam::123456789012:user/deploy)
       -> sign in to account 999999999999 (AWS_PROFILE), then run the same command again
  [OK] region: us-east-1 from environments/dev.yaml is available
  [SKIP] state bucket: needs account
  [SKIP] unfinished release: needs state bucket
`,
    );
  });

  it('reports the account of the environment', async () => {
    const { context } = await ready();
    expect(await checked(context, { account: { id: '123456789012' } })).toContain(
      '  [OK] account: 123456789012, the account of the environment\n',
    );
  });

  it('reports the wrong region', async () => {
    const { context, aws } = await ready();
    const unreachable = Object.assign(new Error('getaddrinfo ENOTFOUND sts'), { code: 'ENOTFOUND' });
    const connect: RequirementsContext['connect'] = ({ region }) => {
      aws.failures.clear();
      if (region === 'me-south-1') aws.failures.set('GetCallerIdentity', unreachable);
      return Promise.resolve(aws.clients);
    };
    expect(await checked({ ...context, connect }, { region: 'me-south-1' })).toContain(
      `  [FAIL] region: me-south-1 does not exist, is not enabled for this account, or is not reachable (getaddrinfo ENOTFOUND sts)
       -> correct region in environments/dev.yaml, or enable it: aws account enable-region --region-name me-south-1
  [SKIP] state bucket: needs region
  [SKIP] unfinished release: needs state bucket
`,
    );
  });

  it('reports that the state bucket does not exist or has drifted', async () => {
    const empty = requirementsFixture();
    expect(await checked(empty.context)).toContain(
      `  [FAIL] state bucket: ${BUCKET} does not exist
       -> create it: npx nightshift bootstrap -c dev
  [SKIP] unfinished release: needs state bucket
  [OK] quota VPCs per Region: 5 VPCs, 1 needed for the environment
`,
    );
    const { context, aws } = await ready();
    aws.s3.bucket(BUCKET).settings.delete('BucketVersioning');
    aws.kms.keys.length = 0;
    expect(await checked(context)).toContain(
      `  [FAIL] state bucket: ${BUCKET} has drifted: KMS key is missing, encryption is by arn:aws:kms:us-east-1:123456789012:key/key-1, versioning is off
       -> repair it: npx nightshift bootstrap -c dev
`,
    );
  });
});
