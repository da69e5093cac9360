// The page: starts .NET, switches between the tabs, and keeps what was loaded for use without a network.
import { start } from './runtime.js';
import { startDigits } from './digits.js';
import { startLearning } from './learn.js';

const state = document.getElementById('state');
const tabs = [...document.querySelectorAll('[role="tab"]')];
const pages = {};

function select(tab, focus = false) {
  for (const other of tabs) {
    const chosen = other === tab;
    other.setAttribute('aria-selected', chosen);
    other.tabIndex = chosen ? 0 : -1;
    document.getElementById(other.getAttribute('aria-controls')).hidden = !chosen;
  }
  if (focus) {
    tab.focus();
  }
  const name = tab.getAttribute('aria-controls');
  for (const [page, part] of Object.entries(pages)) {
    part.show(page === name);
  }
}

for (const tab of tabs) {
  tab.addEventListener('click', () => {
    select(tab);
    history.replaceState(null, '', tab.id === 'tab-learn' ? pages.learn?.link() ?? '#learn' : '#draw');
  });
  tab.addEventListener('keydown', event => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move) {
      select(tabs[(tabs.indexOf(tab) + move + tabs.length) % tabs.length], true);
      document.activeElement.click();
    }
  });
}

const theme = document.getElementById('theme');
const dark = matchMedia('(prefers-color-scheme: dark)');
const repaint = () => Object.values(pages).forEach(page => page.repaint());
theme.addEventListener('click', () => {
  const now = document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = now === 'dark' ? 'light' : 'dark';
  repaint();
});
dark.addEventListener('change', repaint);

const wanted = location.hash.startsWith('#learn') ? 1 : 0;
select(tabs[wanted]);
try {
  const library = await start();
  pages.draw = await startDigits(library.Digits.DigitPage, say);
  pages.learn = startLearning(library.Learning.LearningPage, say);
  select(tabs[wanted]);
  addEventListener('hashchange', () => {
    const learn = location.hash.startsWith('#learn');
    pages.learn.read();
    select(tabs[learn ? 1 : 0]);
  });
  say('');
  document.documentElement.dataset.ready = Math.round(performance.now());
} catch (error) {
  say(`It could not be started: ${error.message}`, true);
  throw error;
}

/** Says something above the page; errors in another colour. */
function say(text, wrong = false) {
  state.textContent = text;
  state.classList.toggle('wrong', wrong);
}

// The worker keeps every file that the page has loaded.
if ('serviceWorker' in navigator) {
  await navigator.serviceWorker.register('./sw.js');
  const worker = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(entry => entry.name);
  const files = [location.href.split('#')[0], ...loaded, new URL('benchmark.html', location).href, new URL('benchmark.js', location).href];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => { document.documentElement.dataset.offline = 'ready'; };
  worker.active.postMessage([...new Set(files)].filter(file => file.startsWith(location.origin)), [channel.port2]);
}
