import { problemsOf } from '../problems-of.fixture';

const destinations = (count: number) =>
  Array.from({ length: count }, (_, index) => `{ description: d, cidr: 192.0.2.${index}/32 }`).join(', ');

describe('network (R1, R11)', () => {
  it.each(['172.16.0.0/12', '10.0.0.0/15', '10.0.0.0/25'])(
    'refuses a network that is too small for six subnets: %s',
    (cidr) => {
      expect(problemsOf(`network: { cidr: ${cidr} }`)).toEqual([
        `dev.yaml: network.cidr: is too large or too small for six subnets, got "${cidr}" - use a prefix from /16 to /24`,
      ]);
    },
  );

  it.each(['10.0.0.0/16', '10.0.4.0/22', '192.168.7.0/24'])(
    'accepts a network that is large enough for six subnets: %s',
    (cidr) => {
      expect(problemsOf(`network: { cidr: ${cidr} }`)).toEqual([]);
    },
  );

  it.each(['10.0.0.1/16', '10.0.0.0', '10.0.0.0/33', 'fd00::/48'])('refuses an invalid IPv4 network: %s', (cidr) => {
    expect(problemsOf(`network: { cidr: "${cidr}" }`)).toEqual([
      `dev.yaml: network.cidr: is not an IPv4 network in CIDR notation, got "${cidr}" - write its first address and its prefix, such as 10.0.0.0/16`,
    ]);
  });

  it.each([
    ['0.0.0.0/16', '0.0.0.0/8'],
    ['127.1.0.0/16', '127.0.0.0/8'],
    ['169.254.0.0/16', '169.254.0.0/16'],
    ['224.0.0.0/16', '224.0.0.0/3'],
    ['255.255.0.0/16', '224.0.0.0/3'],
  ])('refuses a network that a VPC cannot have: %s', (cidr, range) => {
    expect(problemsOf(`network: { cidr: ${cidr} }`)).toEqual([
      `dev.yaml: network.cidr: is in a range that is not valid for a VPC (${range}), got "${cidr}" - use a network in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16`,
    ]);
  });

  it('refuses a network without addresses for two versions of all tasks', () => {
    expect(problemsOf('network: { cidr: 10.0.0.0/24, endpoints: [sqs] }\nscaling: { maximum: 28 }')).toEqual([
      'dev.yaml: scaling.maximum: needs 56 addresses while a release runs two versions, and the private subnets of network.cidr (10.0.0.0/24) have 54, got 28 - lower it to 27, or use a larger network',
    ]);
    expect(problemsOf('network: { cidr: 10.0.0.0/24, endpoints: [sqs] }\nscaling: { maximum: 27 }')).toEqual([]);
  });

  it.each([
    'natGateways: none, endpointZones: one',
    'natGateways: none, egress: [{ description: Database, cidr: 10.50.0.0/16, port: 5432, through: pcx-0123456789abcdef0 }]',
    'natGateways: none, egress: [{ description: All, cidr: 0.0.0.0/0, through: tgw-01234567 }]',
    'egress: [{ description: d, cidr: 10.50.0.0/16, through: vgw-01234567 }, { description: d, cidr: 10.50.0.0/16, port: 1, through: vgw-01234567 }]',
  ])('R1.2 accepts %s', (yaml) => expect(problemsOf(`network: { ${yaml} }`)).toEqual([]));

  it.each([
    [
      'natGateways: none, egress: [{ description: d, cidr: 192.0.2.0/24 }]',
      'egress[0].cidr: cannot be reached without a NAT gateway (network.natGateways is none), got "192.0.2.0/24" - set network.natGateways to single, or set through to a gateway',
    ],
    [
      'egress: [{ description: d, cidr: 0.0.0.0/0, through: tgw-01234567 }]',
      'egress[0].through: is a second route to 0.0.0.0/0, besides the NAT gateways, got "tgw-01234567" - set network.natGateways to none, or use a smaller network',
    ],
    [
      'egress: [{ description: d, cidr: 192.0.2.0/24 }, { description: d, cidr: 192.0.2.0/24, port: 1, through: pcx-01234567 }]',
      'egress[1].through: has another gateway than item 1 of the list, and a network can have only one route, got "pcx-01234567" - give both the same through',
    ],
    [
      'egress: [{ description: d, cidr: 192.0.2.0/24, through: pcx-01234567 }, { description: d, cidr: 192.0.2.0/24, port: 1 }]',
      'egress[1].cidr: has another gateway than item 1 of the list, and a network can have only one route, got "192.0.2.0/24" - give both the same through',
    ],
    [
      'egress: [{ description: d, cidr: 192.0.2.0/24, through: igw-01234567 }]',
      'egress[0].through: is not a gateway, got "igw-01234567" - write the id of a transit gateway (tgw-), VPC peering (pcx-) or virtual private gateway (vgw-)',
    ],
  ])('R1.2 refuses %s', (yaml, problem) =>
    expect(problemsOf(`network: { ${yaml} }`)).toEqual([`dev.yaml: network.${problem}`]),
  );

  it('accepts egress to other networks and to the internet', () => {
    expect(
      problemsOf(`network:
  egress:
    - { description: Market data, cidr: 192.0.2.0/24 }
    - { description: 'Market data, old port', cidr: 192.0.2.0/24, port: 8443 }
    - { description: Internet, cidr: 0.0.0.0/0 }`),
    ).toEqual([]);
  });

  it.each([
    [
      'into the VPC',
      '[{ description: d, cidr: 10.0.128.0/24 }]',
      'dev.yaml: network.egress[0].cidr: overlaps the network of the VPC (10.0.0.0/16), in which tasks reach endpoints only, got "10.0.128.0/24" - use a network outside of the VPC',
    ],
    [
      'around the VPC',
      '[{ description: d, cidr: 10.0.0.0/8 }]',
      'dev.yaml: network.egress[0].cidr: overlaps the network of the VPC (10.0.0.0/16), in which tasks reach endpoints only, got "10.0.0.0/8" - use a network outside of the VPC',
    ],
    [
      'to the same destination twice',
      '[{ description: a, cidr: 192.0.2.0/24 }, { description: b, cidr: 192.0.2.0/24, port: 443 }]',
      'dev.yaml: network.egress[1]: is the same network and port as item 1 of the list, got a map - remove one of the two',
    ],
    [
      'to what is no network',
      '[{ description: d, cidr: example.com }]',
      'dev.yaml: network.egress[0].cidr: is not an IPv4 network in CIDR notation, got "example.com" - write its first address and its prefix, such as 10.0.0.0/16',
    ],
    ['without description', '[{ cidr: 192.0.2.0/24 }]', 'dev.yaml: network.egress[0].description: is missing - add it'],
    [
      'with a description that AWS refuses',
      '[{ description: "Rates; ${x}", cidr: 192.0.2.0/24 }]',
      'dev.yaml: network.egress[0].description: is not a description that AWS accepts, got "Rates; ${x}" - use up to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; ! *',
    ],
    [
      'to more destinations than a group holds',
      `[${destinations(51)}]`,
      'dev.yaml: network.egress: has more destinations than a security group supports, got a list - combine networks, at most 50',
    ],
  ])('refuses egress %s', (_, egress, problem) => {
    expect(problemsOf(`network: { egress: ${egress} }`)).toEqual([problem]);
  });

  it('refuses a duplicate endpoint', () => {
    expect(problemsOf('network: { endpoints: [sqs, sns, sqs] }')).toEqual([
      'dev.yaml: network.endpoints[2]: is the same as item 1 of the list, got "sqs" - remove one of the two',
    ]);
  });

  it('reports an invalid network once', () => {
    expect(problemsOf('network: { cidr: x, egress: [{ description: d, cidr: 10.0.0.0/8 }] }')).toHaveLength(1);
  });
});
