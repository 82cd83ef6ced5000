import { join } from 'node:path';
import type { FoundTerraform } from '@nightshift/terraform';
import type { Check } from './check';
import type { DoctorContext } from './doctor-context';

const TERRAFORM = 'Terraform';

const sources = {
  explicit: 'named by NIGHTSHIFT_TERRAFORM',
  path: 'from PATH',
  cache: 'downloaded before',
  download: 'downloaded just now',
} as const satisfies Record<FoundTerraform['source'], string>;

const products = { terraform: 'Terraform', opentofu: 'OpenTofu' } as const;

/** Terraform, and then the provider that suits it. */
export function terraformChecks({ effects, findTerraform, findProviders }: DoctorContext): Check[] {
  const cacheDirectory = join(effects.root, '.nightshift');
  let found: Promise<FoundTerraform> | undefined;
  const terraform = () => (found ??= findTerraform({ env: effects.env, cacheDirectory }));
  return [
    {
      title: TERRAFORM,
      look: async () => {
        const { binary, source, notices } = await terraform();
        const where = `${products[binary.product]} ${binary.version}, ${sources[source]} (${binary.path})`;
        return { mark: 'OK', detail: [where, ...notices].join('; ') };
      },
    },
    {
      title: 'AWS provider',
      needs: [TERRAFORM],
      look: async () => {
        const { description } = await findProviders({ env: effects.env, cacheDirectory });
        return { mark: 'OK', detail: description };
      },
    },
  ];
}
