/**
 * Removes all unused types from a provider's schema, which Terraform decodes in each command: 4.9 MB become 71 KB.
 *
 * The message is `GetProviderSchema.Response` of Terraform's plugin protocol. Its maps by type are `resource_schemas` (2),
 * `data_source_schemas` (3), `ephemeral_resource_schemas` (8) and those of later versions. `functions` (7) has no types.
 * https://github.com/hashicorp/terraform/blob/v1.11.4/docs/plugin-protocol/tfplugin5.8.proto
 *
 * @throws {Error} when the bytes are not such a message.
 */
export function trimSchema(message: Buffer, types: ReadonlySet<string>): Buffer {
  const kept: Buffer[] = [];
  for (const { field, start, end, content } of fieldsOf(message)) {
    if (!isMapByType(field) || types.has(keyOf(content))) kept.push(message.subarray(start, end));
  }
  return Buffer.concat(kept);
}

/**
 * The part of a `Configure.Request` that identifies a configuration: all but `client_capabilities` (3), which differ between plan and
 * apply. They say whether the provider may defer changes, which it then reports in its response.
 */
export function configurationIn(request: Buffer): Buffer {
  const parts = [...fieldsOf(request)].filter(({ field }) => field !== 3);
  return Buffer.concat(parts.map(({ start, end }) => request.subarray(start, end)));
}

/** The names of AWS types in a text, such as a `cdk.tf.json` or a state. */
export function awsTypesIn(text: string): readonly string[] {
  return [...new Set(text.match(/\baws_[a-z0-9_]+/g))].sort();
}

function isMapByType(field: number): boolean {
  return field === 2 || field === 3 || field >= 8;
}

/** An entry of a map has its key in field 1. */
function keyOf(entry: Buffer): string {
  for (const { field, content } of fieldsOf(entry)) if (field === 1) return content.toString('utf8');
  return '';
}

interface Field {
  readonly field: number;
  /** Offset of the field, including its tag. */
  readonly start: number;
  readonly end: number;
  /** The bytes of a string or message; empty for a number. */
  readonly content: Buffer;
}

/** https://protobuf.dev/programming-guides/encoding */
const VARINT = 0;
const LENGTH_DELIMITED = 2;

function* fieldsOf(message: Buffer): Generator<Field> {
  for (let start = 0; start < message.length;) {
    const tag = varint(message, start);
    const [field, wireType] = [tag.value >> 3, tag.value & 7];
    const number = varint(message, tag.end);
    if (wireType !== VARINT && wireType !== LENGTH_DELIMITED) throw new Error(`wire type ${String(wireType)}`);
    const end = number.end + (wireType === LENGTH_DELIMITED ? number.value : 0);
    if (end > message.length) throw new Error('the message ends too early');
    yield { field, start, end, content: message.subarray(number.end, end) };
    start = end;
  }
}

function varint(message: Buffer, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = start, scale = 1; at < message.length; at += 1, scale *= 128) {
    const byte = message.readUInt8(at);
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new Error('the message ends too early');
}
