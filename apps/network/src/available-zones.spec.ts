import { PlatformStack } from '@nightshift/stack';
import { synthStack, testEnvironment } from '@nightshift/testing';
import { TerraformOutput } from 'cdktf';
import { AvailableZones } from './available-zones';

class ZonesStack extends PlatformStack {
  readonly zones = new AvailableZones(this, 'Zones');
  readonly output = new TerraformOutput(this, 'names', { value: this.zones.names, staticId: true });
}

const stack = synthStack((app) => new ZonesStack(app, 'zones', { environment: testEnvironment() }));
const data = stack.json['data'] as Record<string, Record<string, Record<string, unknown>>>;
const [[name, block]] = Object.entries(data['aws_availability_zones']!) as [[string, Record<string, unknown>]];

describe('available zones', () => {
  it('R1.1 are the first three of the region that need no opt-in', () => {
    expect(block).toMatchObject({
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
    });
    expect(stack.outputs['names']?.['value']).toEqual(
      [0, 1, 2].map((zone) => `\${element(data.aws_availability_zones.${name}.names, ${zone})}`),
    );
  });

  it('R5.3 exclude zones without Fargate', () => {
    expect(block['exclude_zone_ids']).toEqual(['apne1-az3', 'usw1-az2']);
  });

  it("R1.1 are refused in a region with fewer than three, since Terraform's element() would start again with the first", () => {
    expect(block['lifecycle']).toEqual({
      postcondition: [
        {
          condition: '${length(self.names) >= 3}',
          error_message:
            'region: has too few availability zones for Fargate, got ${join(", ", self.names)} - choose a region that has three',
        },
      ],
    });
  });
});
