// Measures the library in this browser: each case a few times, of which the fastest counts.
import { start } from './runtime.js';

const cases = [
  ['Prediction, 784-128-10', 'PredictDense', 20],
  ['… its products in plain loops', 'PredictDenseInPlainLoops', 20],
  ['Training step, 784-30-10, 32 samples', 'StepDense', 5],
  ['… its products in plain loops', 'StepDenseInPlainLoops', 5],
  ['Prediction, LeNet-5', 'PredictLeNet', 3],
  ['Training step, LeNet-5, 32 samples', 'StepLeNet', 1],
  ['Training step, 2-8-8-1, 16 samples, double', 'StepSmall', 20],
];

/** Runs all cases; the callback is told each result. */
export async function measure(library, report = () => {}) {
  const results = {};
  for (const [, name, times] of cases) {
    const run = library.Benchmarks.Measurements[name];
    let best = Infinity;
    const until = performance.now() + 4000;
    for (let i = 0; i < 8 || (performance.now() < until && i < 400); i++) {
      best = Math.min(best, run(times));
    }
    results[name] = best;
    report(name, best);
    await new Promise(resolve => setTimeout(resolve));
  }
  return results;
}

if (globalThis.document) {
  const rows = document.getElementById('rows');
  const library = await start();
  window.results = await measure(library, (name, microseconds) => {
    const row = rows.insertRow();
    const title = document.createElement('th');
    title.scope = 'row';
    title.textContent = cases.find(entry => entry[1] === name)[0];
    row.append(title);
    row.insertCell().textContent = microseconds.toFixed(microseconds < 100 ? 1 : 0);
    row.insertCell().textContent = (1e6 / microseconds).toFixed(0);
  });
  document.getElementById('state').textContent = 'Done.';
}
