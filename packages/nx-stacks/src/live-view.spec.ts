import { LiveLines } from '@nightshift/files';
import { LiveView } from './live-view';

/** Synchronized output and clearing: `live-area.ts` of console. */
const CLEARING = /\u001B\[(?:\?2026[hl]|K|J)/g;

const UP = '\r\u001B[1A';

let runs = 0;

function setUp({ columns = 60 } = {}) {
  jest.useFakeTimers({ now: 50_000 });
  const terminal = { columns, written: '', write: (text: string) => Boolean((terminal.written += text)) };
  runs += 1;
  const view = new LiveView(`view-${String(process.pid)}-${String(runs)}`, terminal as never);
  const tasks = new LiveLines(view.directory);
  const taken = () => {
    const text = terminal.written.replace(CLEARING, '');
    terminal.written = '';
    return text;
  };
  return { terminal, view, tasks, taken, print: (text: string) => view.print(text).replace(CLEARING, '') };
}

afterEach(() => {
  jest.useRealTimers();
});

describe('the live view of an Nx run', () => {
  it('shows the current work of each stack with its seconds, below what Nx and the tasks print', () => {
    const { view, tasks, taken, print } = setUp();
    view.start();
    expect(print('> nx run network:deploy:dev\n')).toBe('> nx run network:deploy:dev\n');
    tasks.report('network', { text: 'network   3/51 + Vpc  aws_vpc  creating', since: 38_000 });
    tasks.report('registry', { text: 'registry  planning', since: 50_100 });
    jest.advanceTimersByTime(200);
    expect(taken()).toBe('network   3/51 + Vpc  aws_vpc  creating  12.2 s\nregistry  planning  0.1 s\n');
    tasks.report('registry', undefined);
    expect(print('registry: no changes\n')).toBe(
      '\r\u001B[2Aregistry: no changes\nnetwork   3/51 + Vpc  aws_vpc  creating  12.2 s\n',
    );
    view.end();
    expect(taken()).toBe(UP);
    expect(tasks.read()).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(taken()).toBe('');
  });

  it('cuts lines to the width of the terminal, so that they can be removed', () => {
    const { view, tasks, taken } = setUp({ columns: 24 });
    view.start();
    tasks.report('network', { text: 'network   3/51 + Vpc  aws_vpc', since: 60_000 });
    jest.advanceTimersByTime(200);
    expect(taken()).toBe('network   3/51 +…  0.0 s\n');
    view.end();
  });

  it('waits for the end of a line that Nx writes in parts', () => {
    const { view, taken, print } = setUp();
    view.start();
    expect(print('> nx run ')).toBe('');
    expect(print('network:deploy\n')).toBe('> nx run network:deploy\n');
    expect(print('the end')).toBe('');
    view.end();
    expect(taken()).toBe('the end');
  });

  it('changes nothing before it starts and after it ends', () => {
    const { view, print } = setUp();
    expect(print('a question: ')).toBe('a question: ');
    view.start();
    view.end();
    expect(print('a summary')).toBe('a summary');
  });
});
