// `npm run scan` checks the plans of all environments with Checkov. It allows only the findings in packages/policy/checkov-exceptions.yaml.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, root } from './ensure-installed.mjs';

ensureInstalled();
const script = join(root, 'scripts', 'scan', 'scan-plans.mjs');
const { status } = spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
