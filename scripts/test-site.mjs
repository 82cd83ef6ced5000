// Opens every page of the built documentation site in headless Chromium: each page renders without an error in the console, the search
// finds a page, and the dark mode works. `npm run test:site` builds the site first. Uses CHROME_PATH, or a Chromium on PATH.
// With `--find` it only prints the Chromium that it would use.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './ensure-installed.mjs';

const site = join(root, 'docs', '.vitepress', 'dist');
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** The narrowest telephone, and a laptop. */
const WIDTHS = [360, 1280];
/** Only a page that never becomes ready reaches this limit: a busy machine takes seconds. */
const DEADLINE_SECONDS = 120;
const HANGING_MINUTES = 15;
const names = ['google-chrome', 'chromium', 'chromium-browser'];
const chrome = process.env.CHROME_PATH ?? names.find((name) => spawnSync(name, ['--version']).status === 0);
if (process.argv.includes('--find')) end(chrome ?? 'none', 0);
if (!chrome) end('skipped: Chromium not found - install it, or set CHROME_PATH to it, then run npm run test:site', 0);
const pages = existsSync(site) ? readdirSync(site, { recursive: true }).filter((path) => path.endsWith('.html')) : [];
if (pages.length === 0) end(`site: ${site} contains no pages - run npx nx run workspace:site`, 1);

const server = createServer(answer).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${server.address().port}`;
const profile = mkdtempSync(join(tmpdir(), 'nightshift-site-'));
const browser = spawn(
  chrome,
  [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    // /dev/shm of a container has 64 MB.
    '--disable-dev-shm-usage',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    'about:blank',
  ],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
);
const stopped = once(browser, 'exit');
stopped.then(
  ([code, signal]) => closing || end(`site: ${chrome} ended early with ${code ?? signal} - run it by hand`, 1),
  ({ message }) => end(`site: ${chrome} did not start: ${message} - install Chromium, or set CHROME_PATH`, 1),
);
setTimeout(() => {
  browser.kill();
  end(`site: ${chrome} does not answer - run npm run test:site`, 1);
}, HANGING_MINUTES * 60_000);
const { send, messages } = devtools(browser.stdio[3], browser.stdio[4]);
let closing = false;
const problems = [];
try {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`, {}, sessionId);
  await test((method, parameters) => send(method, parameters, sessionId));
} finally {
  closing = true;
  browser.kill();
  await stopped;
  // The other processes of Chromium may still write for a moment.
  rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
}

for (const problem of problems) console.error(problem);
console.log(`site: ${pages.length} pages, ${problems.length === 0 ? 'no problems' : `${problems.length} problems`}`);
process.exit(problems.length === 0 ? 0 : 1);

async function test(call) {
  const evaluate = async (expression) =>
    (await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
  const appears = async (where, expression) => {
    const until = Date.now() + DEADLINE_SECONDS * 1000;
    while (Date.now() < until) {
      // While a page loads, Chromium replaces its context, and the call then has no result.
      if (await evaluate(expression).catch(() => false)) return;
      await delay(50);
    }
    problems.push(`${where}: after ${DEADLINE_SECONDS} s this does not hold: ${expression}`);
  };
  const open = async (page) => {
    messages.length = 0;
    await evaluate('window.isPrevious = true');
    await call('Page.navigate', { url: `${address}/${page}` });
    // The app takes over the page that the server wrote: only then links and search work.
    await appears(page, `!window.isPrevious && document.querySelector('#app')?.__vue_app__ !== undefined`);
  };
  for (const page of pages) {
    await open(page);
    await appears(page, `document.querySelector('${page === '404.html' ? '.NotFound' : '.vp-doc h1'}') !== null`);
    await appears(
      page,
      `document.querySelectorAll('.diagram').length === document.querySelectorAll('.diagram svg').length`,
    );
    for (const width of WIDTHS) {
      await call('Emulation.setDeviceMetricsOverride', { width, height: 800, deviceScaleFactor: 1, mobile: false });
      const wide = await evaluate('document.documentElement.scrollWidth');
      if (wide > width) problems.push(`${page}: is ${wide} px wide in a window of ${width} px`);
    }
    for (const { method, params } of messages) {
      if (method === 'Runtime.exceptionThrown')
        problems.push(`${page}: ${params.exceptionDetails.exception?.description}`);
      if (method === 'Log.entryAdded' && params.entry.level === 'error')
        problems.push(`${page}: ${params.entry.text} ${params.entry.url ?? ''}`);
    }
  }
  await open('index.html');
  await evaluate(`document.querySelector('.VPNavBarSearch button').click()`);
  await appears('search', `document.querySelector('.VPLocalSearchBox input') !== null`);
  await evaluate(`(() => {
    const input = document.querySelector('.VPLocalSearchBox input');
    input.value = 'rollback';
    input.dispatchEvent(new Event('input'));
  })()`);
  await appears(
    'search',
    `[...document.querySelectorAll('.VPLocalSearchBox .result')].some(({ href }) => href.includes('/docs/runbooks/rollback-failed'))`,
  );
  await open('index.html');
  await evaluate(`document.querySelector('.VPSwitchAppearance').click()`);
  await appears('dark mode', `document.documentElement.classList.contains('dark')`);
  await appears('dark mode', `document.querySelector('.diagram svg') !== null`);
}

function answer({ url }, response) {
  const file = join(site, decodeURIComponent(new URL(url, address).pathname));
  const exists = pages.includes(file.slice(site.length + 1)) || (existsSync(file) && extname(file) in TYPES);
  response.writeHead(exists ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain' });
  response.end(exists ? readFileSync(file) : '');
}

/** The protocol of Chromium over its pipes: JSON, each message ends with a zero byte. https://chromedevtools.github.io/devtools-protocol */
function devtools(input, output) {
  // If the browser ends early, its exit code shows this.
  input.on('error', () => undefined);
  const waiting = new Map();
  const received = [];
  let last = 0;
  let rest = '';
  output.setEncoding('utf8').on('data', (chunk) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop();
    for (const message of parts.map((part) => JSON.parse(part))) {
      const answer = waiting.get(message.id);
      if (!answer) received.push(message);
      else if (message.error) answer.reject(new Error(message.error.message));
      else answer.resolve(message.result);
    }
  });
  const call = (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
  return { send: call, messages: received };
}

function end(text, code) {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}
