import { findPython, type Python } from './find-python';
import { FakeMachine } from './testing/fake-machine';

const INSTALL = 'install Python 3.10 or newer, or name one with NIGHTSHIFT_PYTHON';
const NAME = 'name the program of a Python 3.10 or newer, or unset it';

function python(version: string, complete = true): Python {
  return { executable: `/opt/${version}/python`, version, complete };
}

describe('findPython', () => {
  let fake: FakeMachine;
  beforeEach(() => {
    fake = new FakeMachine();
    fake.pythons.clear();
  });
  const find = (env = {}) => findPython(env, fake.machine.run);

  it('uses python3 and tries no other program', async () => {
    fake.pythons.set('python3', python('3.10.0')).set('python', python('3.13.0'));
    expect(await find()).toEqual(python('3.10.0'));
    expect(fake.requests).toHaveLength(1);
  });

  it('runs each candidate with the environment of the caller', async () => {
    fake.pythons.set('python3', python('3.12.1'));
    await find({ PATH: '/bin' });
    expect(fake.requests[0]).toMatchObject({ file: 'python3', env: { PATH: '/bin' } });
    expect(fake.requests[0]?.args[1]).toContain('sys.executable');
  });

  it.each([['python'], ['py -3'], ['python3.14'], ['python3.10']])('finds %s behind an old python3', async (name) => {
    fake.pythons.set('python3', python('3.9.18')).set(name, python('3.12.1'));
    expect(await find()).toEqual(python('3.12.1'));
  });

  it('skips one that cannot create virtual environments', async () => {
    fake.pythons.set('python3', python('3.11.2', false)).set('python3.12', python('3.12.1'));
    expect(await find()).toEqual(python('3.12.1'));
  });

  it('accepts a Python of the next major version', async () => {
    fake.pythons.set('python3', python('4.0.0'));
    expect(await find()).toEqual(python('4.0.0'));
  });

  it('names the package to install if there is none', async () => {
    await expect(find()).rejects.toThrow(
      'Python: is missing, got none of python3, python, py -3, python3.14, python3.13, python3.12, python3.11, ' +
        `python3.10 on PATH - ${INSTALL}`,
    );
  });

  it('names the old one if there is no other', async () => {
    fake.pythons.set('python', python('2.7.18')).set('python3', python('3.9.18'));
    await expect(find()).rejects.toThrow(`Python: is too old, got 3.9.18 (/opt/3.9.18/python) - ${INSTALL}`);
  });

  it('names the Debian package that is missing for venv', async () => {
    fake.pythons.set('python', python('3.9.18')).set('python3', python('3.11.2', false));
    await expect(find()).rejects.toThrow(
      'Python: cannot create virtual environments, got 3.11.2 (/opt/3.11.2/python) without venv or ensurepip - ' +
        'on Debian and Ubuntu: apt-get install python3.11-venv; or name another Python with NIGHTSHIFT_PYTHON',
    );
  });

  describe('with NIGHTSHIFT_PYTHON', () => {
    const named = () => find({ NIGHTSHIFT_PYTHON: 'mine' });

    it('uses that one', async () => {
      fake.pythons.set('mine', python('3.13.0')).set('python3', python('3.12.1'));
      expect(await named()).toEqual(python('3.13.0'));
    });

    it('refuses one that does not run', async () => {
      fake.pythons.set('python3', python('3.12.1'));
      await expect(named()).rejects.toThrow(`NIGHTSHIFT_PYTHON: does not run, got mine - ${NAME}`);
    });

    it('refuses one that is too old', async () => {
      fake.pythons.set('mine', python('3.9.18'));
      await expect(named()).rejects.toThrow(`NIGHTSHIFT_PYTHON: is too old, got 3.9.18 (/opt/3.9.18/python) - ${NAME}`);
    });

    it('refuses one that cannot create virtual environments', async () => {
      fake.pythons.set('mine', python('3.12.1', false));
      await expect(named()).rejects.toThrow(
        'NIGHTSHIFT_PYTHON: cannot create virtual environments, got 3.12.1 (/opt/3.12.1/python) without venv or ensurepip - ' +
          'on Debian and Ubuntu: apt-get install python3.12-venv; or name another Python with NIGHTSHIFT_PYTHON',
      );
    });
  });

  it('searches this machine by default', async () => {
    await expect(findPython({ NIGHTSHIFT_PYTHON: '/nowhere/python' })).rejects.toThrow(
      'NIGHTSHIFT_PYTHON: does not run, got /nowhere/python',
    );
  });
});
