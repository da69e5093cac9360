// The second tab: a network learns points while one watches.
import { palette } from './colors.js';
import { drawCurve, drawNetwork, drawPlane, reach, weightAt } from './drawing.js';
import { fromLink, layersOf, scale, toLink } from './settings.js';
import { showRule } from './rule.js';

const side = 36;
const pointCount = 200;
const frameMilliseconds = 22;

/** Starts the tab; library holds what C# exports. */
export function startLearning(library, say) {
  const $ = id => document.getElementById(id);
  const form = $('settings');
  let colors = palette();
  let settings = fromLink(location.hash);
  let points = [];
  let sizes = [2, 1];
  let losses = [];
  let running = false;
  let visible = false;
  let surfaces = [];
  let cursor = null;
  let dirty = true;
  const chosen = { layer: 1, neuron: 0, input: 0, point: 0 };

  function write() {
    for (const name of ['data', 'hidden', 'activation', 'optimizer', 'rate', 'penalty', 'batch', 'seed', 'noise']) {
      form.elements[name].value = name === 'hidden' ? layersOf(settings.hidden)?.join(', ') ?? settings.hidden : settings[name];
    }
    form.elements.noiseValue.value = settings.noise;
  }

  function take() {
    for (const name of ['data', 'hidden', 'activation', 'optimizer']) {
      settings[name] = form.elements[name].value;
    }
    for (const name of ['rate', 'penalty', 'batch', 'seed', 'noise']) {
      settings[name] = Number(form.elements[name].value);
    }
    form.elements.noiseValue.value = settings.noise;
  }

  // A new network, untrained.
  function make() {
    const hidden = layersOf(settings.hidden);
    if (!hidden) {
      form.elements.hidden.setCustomValidity('Up to six numbers from 1 to 16, such as 8, 8.');
      form.elements.hidden.reportValidity();
      return;
    }
    form.elements.hidden.setCustomValidity('');
    try {
      const { data, noise, seed } = settings;
      points = data === 'own' ? settings.points : [...library.Points(data, pointCount, noise, seed)];
      const learned = points.length ? points : [0, 0, 1];
      library.Make(learned, hidden, settings.activation, settings.optimizer, settings.rate, settings.penalty, settings.batch, seed);
      sizes = [2, ...hidden, 1];
      losses = [];
      choose({});
      follow(library.Train(0, 0));
      say('');
    } catch (error) {
      stop();
      say(`That did not work: ${error.message}`, true);
    }
    if (visible) {
      history.replaceState(null, '', toLink(settings));
    }
  }

  function follow([step, loss, accuracy]) {
    losses.push({ step, loss });
    if (losses.length > 1200) {
      losses = losses.filter((_, i) => i % 2 === 0 || i > 1100);
    }
    $('steps').textContent = step.toLocaleString('en');
    $('loss').textContent = loss.toFixed(4);
    $('accuracy').textContent = `${(100 * accuracy).toFixed(1)} %`;
    dirty = true;
  }

  function advance(most) {
    try {
      follow(library.Train(frameMilliseconds, most));
    } catch (error) {
      stop();
      say(`Training ended: ${error.message} A smaller learning rate may help.`, true);
    }
  }

  function frame() {
    if (!visible) {
      return;
    }
    if (running) {
      advance(100000);
    }
    if (dirty) {
      paint();
    }
    requestAnimationFrame(frame);
  }

  function paint() {
    dirty = false;
    surfaces = library.Surfaces(side, reach);
    const neurons = sizes.slice(1).reduce((sum, size) => sum + size, 0);
    drawPlane($('plane'), surfaces, neurons, side, points, chosen.point, cursor, colors);
    drawNetwork($('net'), sizes, library.Parameters(), library.Gradients(), surfaces, side, chosen, colors);
    drawCurve($('curve'), losses, colors);
    showRule($('rule'), library.Explain(chosen.layer - 1, chosen.neuron, chosen.input, chosen.point), chosen, sizes, settings);
  }

  function stop() {
    running = false;
    $('run').textContent = '▶ Run';
  }

  // Which weight and which point the chain rule is shown for.
  function choose(wanted) {
    Object.assign(chosen, wanted);
    const limit = (value, end) => Math.max(0, Math.min(end - 1, value));
    chosen.layer = Math.max(1, Math.min(sizes.length - 1, chosen.layer));
    chosen.neuron = limit(chosen.neuron, sizes[chosen.layer]);
    chosen.input = limit(chosen.input, sizes[chosen.layer - 1]);
    chosen.point = limit(chosen.point, Math.max(1, points.length / 3));
    const fill = (select, count, value, name) => {
      select.replaceChildren(...Array.from({ length: count }, (_, i) => new Option(name(i), i)));
      select.value = value;
    };
    fill($('w-layer'), sizes.length - 1, chosen.layer - 1, i => i + 1);
    fill($('w-neuron'), sizes[chosen.layer], chosen.neuron, i => i + 1);
    fill($('w-input'), sizes[chosen.layer - 1], chosen.input, i => (chosen.layer === 1 ? ['x', 'y'][i] : `neuron ${i + 1}`));
    $('w-point').value = chosen.point + 1;
    $('w-point').max = points.length / 3;
    dirty = true;
  }

  form.addEventListener('change', () => {
    take();
    make();
  });
  form.addEventListener('input', event => {
    if (event.target.name === 'noise') {
      form.elements.noiseValue.value = event.target.value;
    }
  });
  form.addEventListener('submit', event => event.preventDefault());
  $('run').addEventListener('click', () => {
    running = !running;
    $('run').textContent = running ? '❚❚ Pause' : '▶ Run';
  });
  $('step').addEventListener('click', () => {
    stop();
    advance(1);
  });
  $('reset').addEventListener('click', () => {
    stop();
    make();
  });
  $('copy').addEventListener('click', async () => {
    await navigator.clipboard?.writeText(location.href);
    $('copy').textContent = 'Copied';
    setTimeout(() => { $('copy').textContent = 'Copy link'; }, 1500);
  });
  for (const [id, name, shift] of [['w-layer', 'layer', 1], ['w-neuron', 'neuron', 0], ['w-input', 'input', 0], ['w-point', 'point', -1]]) {
    $(id).addEventListener('change', event => choose({ [name]: Number(event.target.value) + shift }));
  }

  // The plane: adds a point, or takes the nearest.
  const act = (x, y) => {
    if (settings.data === 'own') {
      settings.points = [...settings.points, x, y, Number($('own-class').value)];
      chosen.point = settings.points.length / 3 - 1;
      make();
      return;
    }
    let best = 0;
    let least = Infinity;
    for (let i = 0; i < points.length; i += 3) {
      const distance = Math.hypot(points[i] - x, points[i + 1] - y);
      if (distance < least) {
        [least, best] = [distance, i / 3];
      }
    }
    choose({ point: best });
  };
  $('plane').addEventListener('pointerdown', event => {
    const box = event.target.getBoundingClientRect();
    cursor = null;
    act(((event.clientX - box.left) / box.width * 2 - 1) * reach, (1 - (event.clientY - box.top) / box.height * 2) * reach);
  });
  $('plane').addEventListener('keydown', event => {
    const move = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    cursor ??= { x: 0, y: 0 };
    if (move) {
      cursor.x = Math.max(-scale, Math.min(scale, cursor.x + 0.15 * move[0]));
      cursor.y = Math.max(-scale, Math.min(scale, cursor.y + 0.15 * move[1]));
    } else if (event.key === 'Enter' || event.key === ' ') {
      act(cursor.x, cursor.y);
    } else {
      return;
    }
    event.preventDefault();
    dirty = true;
  });
  $('plane').addEventListener('blur', () => {
    cursor = null;
    dirty = true;
  });
  $('net').addEventListener('click', event => {
    const box = event.target.getBoundingClientRect();
    const found = weightAt(event.target, sizes, event.clientX - box.left, event.clientY - box.top);
    if (found) {
      choose(found);
    }
  });

  addEventListener('resize', () => { dirty = true; });
  write();
  make();
  return {
    show(isShown) {
      const begins = isShown && !visible;
      visible = isShown;
      if (begins) {
        frame();
      }
    },
    repaint() {
      colors = palette();
      dirty = true;
    },
    read() {
      if (location.hash.startsWith('#learn')) {
        stop();
        settings = fromLink(location.hash);
        write();
        make();
      }
    },
    link: () => toLink(settings),
  };
}
