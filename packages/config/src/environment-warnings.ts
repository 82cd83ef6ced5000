import type { Problem } from '@nightshift/errors';
import { inside, overlapping } from './cidr';
import { checkEnvironmentFile, environmentNames } from './load-environment';
import { labelOf } from './environment-names';
import type { EnvironmentFile } from './schema/sections';

/** Networks that AWS accepts with restrictions: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const USER_GUIDE = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html';

/** RFC 1918, and RFC 6598 for the networks of carriers. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** 172.17.0.0/16 is Docker's network in AWS Cloud9 and SageMaker AI, and AWS services use 198.19.0.0/16. */
const USED_BY_AWS = ['172.17.0.0/16', '198.19.0.0/16'];

/** Warnings about the environments, for a person to decide. Omits invalid files. */
export function environmentWarnings(directory: string): Problem[] {
  const read = environmentNames(directory).flatMap((name) => readSound(directory, name));
  return [...networkWarnings(read), ...deliveryWarnings(read)];
}

/** The warnings about one environment file. Compares networks only for environments in AWS. */
export function warningsAbout(directory: string, name: string): Problem[] {
  const own = readSound(directory, name);
  if (own.every(({ file }) => file.cloud !== 'aws')) return deliveryWarnings(own);
  const place = `${labelOf(directory, name)}:`;
  return environmentWarnings(directory).filter(({ where }) => where.startsWith(place));
}

interface ReadFile {
  readonly name: string;
  readonly label: string;
  readonly file: EnvironmentFile;
}

function readSound(directory: string, name: string): ReadFile[] {
  const { file } = checkEnvironmentFile(directory, name);
  return file ? [{ name, label: labelOf(directory, name), file }] : [];
}

interface Network {
  readonly name: string;
  readonly where: string;
  readonly cidr: string;
  readonly account: string | undefined;
}

/** Ranges of the environments in AWS that overlap or that AWS uses. */
function networkWarnings(read: readonly ReadFile[]): Problem[] {
  const networks = read
    .filter(({ file }) => file.cloud === 'aws')
    .map(({ name, label, file: { network, account } }): Network => {
      return { name, where: `${label}: network.cidr`, cidr: network.cidr, account: account?.id };
    });
  return networks.flatMap((network, index) => [
    ...rangeWarnings(network),
    ...networks.slice(0, index).flatMap((other) => overlapWarnings(network, other)),
  ]);
}

function rangeWarnings({ where, cidr }: Network): Problem[] {
  const used = USED_BY_AWS.find((range) => overlapping(cidr, range));
  if (used !== undefined) {
    const what = `overlaps ${used}, which AWS services use`;
    return [{ where, what, got: cidr, todo: `choose another network: ${USER_GUIDE}` }];
  }
  if (PRIVATE.some((range) => inside(cidr, range))) return [];
  const what = 'is a public network: tasks cannot reach these addresses on the internet';
  return [{ where, what, got: cidr, todo: `use a private network, unless this one is yours: ${USER_GUIDE}` }];
}

/** Networks of different accounts can overlap. Those of one account are likely to be connected. */
function overlapWarnings({ where, cidr, account }: Network, other: Network): Problem[] {
  const differ = account !== undefined && other.account !== undefined && account !== other.account;
  if (differ || !overlapping(cidr, other.cidr)) return [];
  const what = `overlaps the network of ${other.name} (${other.cidr}), so the two networks cannot be connected`;
  return [{ where, what, got: cidr, todo: 'choose another network, or set different accounts (account.id)' }];
}

/** Environments that the pipeline deploys and whose alarms nobody receives. */
function deliveryWarnings(read: readonly ReadFile[]): Problem[] {
  return read
    .filter(({ file: { delivery, alarms } }) => delivery && alarms.emails.length === 0)
    .map(({ label }) => ({
      where: `${label}: alarms.emails`,
      what: 'is empty, but the pipeline deploys this environment, so nobody receives its alarms',
      todo: 'add an address, or subscribe to the topic in another way (output topic_arn)',
    }));
}
