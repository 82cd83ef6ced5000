import type { FoundTerraform } from '@nightshift/terraform';
import { doctorContextFixture, missing } from '../testing/doctor-context-fixture';
import type { DoctorContext } from './doctor-context';
import { runChecks } from './run-checks';
import { terraformChecks } from './terraform-checks';

const found =
  (rest: Partial<FoundTerraform>): DoctorContext['findTerraform'] =>
  (options) =>
    Promise.resolve({
      binary: { path: '/bin/tofu', version: '1.12.6', product: 'opentofu' },
      source: 'explicit',
      env: options.env,
      notices: [],
      ...rest,
    });

describe('terraformChecks', () => {
  it('says which Terraform and which provider are used, and where they are from', async () => {
    const { context } = doctorContextFixture();
    expect(await runChecks(terraformChecks(context))).toEqual([
      { title: 'Terraform', mark: 'OK', detail: 'Terraform 1.11.4, from PATH (/usr/bin/terraform)' },
      { title: 'AWS provider', mark: 'OK', detail: 'hashicorp/aws 5.100.0 from /opt/tf-plugins' },
    ]);
  });

  it.each([
    ['explicit', 'named by NIGHTSHIFT_TERRAFORM'],
    ['cache', 'downloaded before'],
    ['download', 'downloaded just now'],
  ] as const)('says of a binary with the source %s that it was %s', async (source, said) => {
    const { context } = doctorContextFixture();
    const [terraform] = await runChecks(terraformChecks({ ...context, findTerraform: found({ source }) }));
    expect(terraform?.detail).toBe(`OpenTofu 1.12.6, ${said} (/bin/tofu)`);
  });

  it('passes on what was ignored, and looks for Terraform once', async () => {
    const { context } = doctorContextFixture();
    const findTerraform = jest.fn(found({ source: 'path', notices: ['TF_CLI_CONFIG_FILE is ignored'] }));
    const items = await runChecks(terraformChecks({ ...context, findTerraform }));
    expect(items.map(({ detail }) => detail)).toEqual([
      'OpenTofu 1.12.6, from PATH (/bin/tofu); TF_CLI_CONFIG_FILE is ignored',
      'hashicorp/aws 5.100.0 from /opt/tf-plugins',
    ]);
    expect(findTerraform.mock.calls).toEqual([[{ env: {}, cacheDirectory: '/workspace/.nightshift' }]]);
  });

  it('does not look for a provider without Terraform', async () => {
    const { context } = doctorContextFixture();
    const findTerraform = () => Promise.reject(missing('Terraform'));
    expect(await runChecks(terraformChecks({ ...context, findTerraform }))).toEqual([
      { title: 'Terraform', mark: 'NG', detail: 'is missing, got nothing', remedy: 'install Terraform' },
      { title: 'AWS provider', mark: 'SKIP', detail: 'needs Terraform' },
    ]);
  });
});
