import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { perZone, type PerZone } from './per-zone';

/**
 * Zones without Fargate, by zone id, since zone names differ between accounts.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate-Regions.html#linux-regions
 */
const ZONES_WITHOUT_FARGATE = ['apne1-az3', 'usw1-az2'];

/** The names of three zones of the region, without zones that need an opt-in, such as Local Zones (R1.1). */
export class AvailableZones extends Construct {
  readonly names: PerZone<string>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const zones = new DataAwsAvailabilityZones(this, 'Resource', {
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
      excludeZoneIds: ZONES_WITHOUT_FARGATE,
      // Terraform checks this during the plan, because the zones are unknown before.
      lifecycle: {
        postcondition: [
          {
            condition: '${length(self.names) >= 3}',
            errorMessage:
              'region: has too few availability zones for Fargate, got ${join(", ", self.names)} - choose a region that has three',
          },
        ],
      },
    });
    this.names = perZone((zone) => Fn.element(zones.names, zone) as string);
  }
}
