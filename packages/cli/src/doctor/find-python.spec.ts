import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from './find-python';

/** A directory with a program that says what a Python would say, or fails. */
function pathWith(name: string, script: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'python-'));
  writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(directory, name), 0o755);
  return directory;
}

const answers = 'echo 3.12.1; echo /opt/python';

describe('findPython', () => {
  it.each(['python3', 'python', 'python3.10'])('finds %s on PATH', async (name) => {
    expect(await findPython({ PATH: pathWith(name, answers) })).toEqual({
      version: '3.12.1',
      executable: '/opt/python',
    });
  });

  it('takes the one that NIGHTSHIFT_PYTHON names', async () => {
    const directory = pathWith('snake', answers);
    expect(await findPython({ PATH: '', NIGHTSHIFT_PYTHON: join(directory, 'snake') })).toMatchObject({
      version: '3.12.1',
    });
  });

  it.each(['exit 1', 'echo hello', ''])('says what to install in place of one that does not do: %s', async (script) => {
    await expect(findPython({ PATH: pathWith('python3', script) })).rejects.toThrow(
      'Python: is missing, or older than 3.10, or lacks venv or ensurepip, got python3, python, python3.14, python3.13, python3.12, python3.11, python3.10 - install Python 3.10 or newer (on Debian and Ubuntu with python3-venv), or name one with NIGHTSHIFT_PYTHON',
    );
  });
});
