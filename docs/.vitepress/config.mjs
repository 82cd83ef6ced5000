// The documentation site shows the Markdown files of the repository where they are: docs/decisions/0017-documentation-site.md.
// `npm run site` serves it while you write, `npx nx run workspace:site` builds it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA, SITE_BASE = '/' } = process.env;
/** Where links to source files lead. Outside of GitHub Actions the address is unknown, and the site shows their text only. */
const repository = GITHUB_REPOSITORY && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}`;

const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
const pages = execFileSync('git', listed, { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && !path.startsWith('.') && existsSync(join(root, path)));

export default defineConfig({
  title: 'Nightshift',
  description: 'A production ECS Fargate platform for overnight batch calculations',
  base: SITE_BASE,
  head: [['link', { rel: 'icon', href: `${SITE_BASE}favicon.svg` }]],
  srcDir: '..',
  srcExclude: ['**/{cdktf.out,coverage,test-results,out-tsc}/**'],
  rewrites: (path) => path.replace(/README\.md$/, 'index.md'),
  vite: {
    configFile: false,
    publicDir: join(root, 'docs', '.vitepress', 'public'),
    build: { chunkSizeWarningLimit: 3000 },
  },
  markdown: {
    // Both of GitHub: links to headings work in the repository and on the site.
    anchor: { slugify },
    config: (markdown) => {
      markdown.core.ruler.push('repository-links', rewriteLinks);
      showDiagrams(markdown);
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: repository ? [{ icon: 'github', link: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}` }] : [],
    nav: [
      { text: 'Deploying', link: '/docs/deployment' },
      { text: 'Releases', link: '/docs/releases' },
      { text: 'Operations', link: '/docs/operations' },
      { text: 'Contributing', link: '/CONTRIBUTING' },
    ],
    sidebar: [
      { text: 'Guide', items: ['README.md', ...documentationTable()].map(entry) },
      ...section('Runbooks', /^docs\/runbooks\//),
      ...section('Apps', /^apps\/[^/]+\/README/),
      ...section('Packages', /^packages\/[^/]+\/README/),
      ...section('Decisions', /^docs\/decisions\/\d/),
    ],
  },
});

/** The pages of the table "Documentation" in README.md, in its order. */
function documentationTable() {
  const [, table] = /^## Documentation\n([^]*)/m.exec(text('README.md'));
  return [...table.matchAll(/^\| \[[^\]]+\]\(([^)]+)\)/gm)].map(([, path]) => path);
}

function section(title, pattern) {
  return [{ text: title, collapsed: true, items: pages.filter((path) => pattern.test(path)).map(entry) }];
}

function entry(path) {
  const [, title] = /^# (?:@nightshift\/)?(.+)$/m.exec(text(path));
  return { text: title, link: `/${path.replace(/(README)?\.md$/, '')}` };
}

/** The anchors of GitHub: lower case, hyphens for spaces, no punctuation. */
function slugify(title) {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Links between pages stay; a link to a README leads to the page of its folder; a link to another file leads to the repository. */
function rewriteLinks({ tokens, env }) {
  const folder = posix.dirname(env.relativePath);
  const inline = tokens.flatMap(({ children }) => children ?? []);
  for (const [index, token] of inline.entries()) {
    const href = token.type === 'link_open' ? token.attrGet('href') : null;
    if (href === null || /^([a-z]+:|#|\/)/.test(href)) continue;
    const [path, heading] = href.split('#');
    const target = posix.join(folder, path).replace(/\/$/, '');
    const page = [target, `${target}/README.md`].find((one) => pages.includes(one));
    if (page) {
      const relative = posix.relative(folder, page.replace(/README\.md$/, 'index.md'));
      token.attrSet('href', `./${relative}${heading === undefined ? '' : `#${heading}`}`);
    } else if (!existsSync(join(root, target))) {
      throw new Error(`${env.relativePath}: links to ${href}, which does not exist - correct the link`);
    } else if (repository) {
      token.attrSet('href', `${repository}/${target}`);
    } else {
      const end = inline.slice(index).find(({ type }) => type === 'link_close');
      token.tag = end.tag = 'span';
      token.attrs = null;
    }
  }
}

/** ```mermaid blocks become pictures in the browser: theme/diagram.mjs. */
function showDiagrams(markdown) {
  const { fence } = markdown.renderer.rules;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index];
    return info === 'mermaid' ? `<Diagram source="${encodeURIComponent(content)}" />` : fence(tokens, index, ...rest);
  };
}

function text(path) {
  return readFileSync(join(root, path), 'utf8');
}
