import { join } from 'node:path';
import { onLaptop } from './on-laptop';
import { onAws } from './on-aws';
import type { Target } from './harness/platform';
import { Workspace } from './harness/workspace';

const CHECKOUT = join(__dirname, '..', '..', '..');
const target: Target = process.env['NIGHTSHIFT_E2E_TARGET'] === 'aws' ? 'aws' : 'local';

/** A real deployment takes minutes; each command has its own, shorter, limit. */
jest.setTimeout(20 * 60_000);

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create(CHECKOUT);
});

afterAll(async () => {
  await workspace.remove();
});

if (target === 'local') onLaptop(() => workspace);
else onAws(() => workspace);
