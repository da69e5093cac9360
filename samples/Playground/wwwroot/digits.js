// The first tab: what is drawn is centred and read while one draws.
import { palette, paintDiverging, paintGrey } from './colors.js';
import { examples } from './examples.js';

const side = 280;
const frameSide = 28;

/** Starts the tab; library holds what C# exports. */
export async function startDigits(library, say) {
  const $ = id => document.getElementById(id);
  const paper = $('paper');
  const ink = paper.getContext('2d', { willReadFrequently: true });
  const cursor = { x: 80, y: 60, down: false, shown: false };
  let colors = palette();
  let layers = [];
  let classes = 10;
  let pixels = [];
  let probabilities = [];
  let waiting = false;
  let heatDigit = -1;
  let drawn = ink.createImageData(side, side);

  function clear() {
    ink.fillStyle = '#000';
    ink.fillRect(0, 0, side, side);
    keep();
    later();
  }

  // The drawing is kept without the cursor that is shown on it.
  function keep() {
    drawn = ink.getImageData(0, 0, side, side);
  }

  function stroke(from, to) {
    ink.putImageData(drawn, 0, 0);
    ink.strokeStyle = '#fff';
    ink.lineWidth = 19;
    ink.lineCap = ink.lineJoin = 'round';
    ink.beginPath();
    ink.moveTo(from.x, from.y);
    ink.lineTo(to.x, to.y + 0.01);
    ink.stroke();
    keep();
    later();
  }

  function later() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        read();
      });
    }
  }

  function read() {
    const grey = new Uint8Array(side * side);
    for (let i = 0; i < grey.length; i++) {
      grey[i] = drawn.data[4 * i];
    }
    pixels = library.Frame(grey, side);
    probabilities = pixels.length ? library.Read(pixels) : [];
    show();
  }

  function show() {
    const best = probabilities.indexOf(Math.max(...probabilities));
    $('verdict').innerHTML = best < 0 ? '–' : `${best} <small>${percent(probabilities[best])}</small>`;
    [...$('bars').children].forEach((bar, digit) => {
      const share = probabilities[digit] ?? 0;
      bar.classList.toggle('best', digit === best);
      bar.querySelector('.fill').style.width = `${100 * share}%`;
      bar.querySelector('.share').textContent = best < 0 ? '' : percent(share);
    });
    paintGrey($('frame'), pixels.length ? pixels : new Array(784).fill(0), frameSide, frameSide);
    const digit = heatDigit >= 0 ? heatDigit : Math.max(best, 0);
    paintDiverging($('heat'), pixels.length ? library.Sensitivity(digit) : new Array(784).fill(0), frameSide, frameSide, colors);
    layers.forEach((layer, index) => showLayer(layer, pixels.length ? library.Activations(index) : null));
  }

  // The filters of an image as pictures, the most active first; neurons as a strip.
  function showLayer(layer, values) {
    const { height, width, channels, maps } = layer;
    if (height * width === 1) {
      const all = values ?? new Array(channels).fill(0);
      paintDiverging(maps[0], all, channels, 1, colors);
      const order = [...all.keys()].sort((a, b) => all[b] - all[a]).slice(0, 3);
      maps[0].setAttribute('aria-label', values
        ? `${channels} neurons; the most active are ${order.map(i => i + 1).join(', ')}`
        : `${channels} neurons`);
      return;
    }
    const sums = new Array(channels).fill(0);
    let most = 1e-9;
    values?.forEach((value, i) => {
      sums[i % channels] += Math.abs(value);
      most = Math.max(most, value);
    });
    const order = [...sums.keys()].sort((a, b) => sums[b] - sums[a]);
    maps.forEach((map, place) => {
      paintGrey(map, values ?? new Array(height * width * channels).fill(0), width, height, order[place], channels, most);
      map.setAttribute('aria-label', `Filter ${order[place] + 1}`);
    });
  }

  function use(bytes, name) {
    const [first, ...lines] = library.Load(bytes, name);
    const [outputs, parameters] = first.split('|').map(Number);
    classes = outputs;
    $('model').textContent = `${name}: ${parameters.toLocaleString('en')} parameters, ${lines.length} layers.`;
    layers = lines.map(line => {
      const [title, kind, height, width, channels] = line.split('|');
      return { title, kind, height: +height, width: +width, channels: +channels };
    });
    $('layers').replaceChildren(...layers.map(layerRow));
    $('bars').replaceChildren(...Array.from({ length: classes }, (_, digit) => bar(digit)));
    $('heat-digit').replaceChildren(new Option('what it reads', -1), ...Array.from({ length: classes }, (_, i) => new Option(i, i)));
    heatDigit = -1;
    later();
  }

  function layerRow(layer) {
    const row = document.createElement('div');
    row.className = 'layer';
    const isImage = layer.height * layer.width > 1;
    const shape = isImage ? `${layer.height} × ${layer.width} × ${layer.channels}` : `${layer.channels} neurons`;
    const title = document.createElement('p');
    title.innerHTML = `${layer.title} <br><span>${shape}</span>`;
    const maps = document.createElement('div');
    maps.className = 'maps';
    layer.maps = Array.from({ length: isImage ? Math.min(layer.channels, 16) : 1 }, () => {
      const map = document.createElement('canvas');
      map.setAttribute('role', 'img');
      map.setAttribute('aria-label', 'Nothing yet');
      if (isImage) {
        map.style.width = map.style.height = `${layer.height > 14 ? 62 : layer.height > 7 ? 46 : 34}px`;
      } else {
        map.className = 'strip';
        map.style.maxWidth = `${Math.max(120, Math.min(620, layer.channels * 26))}px`;
      }
      return map;
    });
    maps.append(...layer.maps);
    row.append(title, maps);
    return row;
  }

  function bar(digit) {
    const item = document.createElement('li');
    item.innerHTML = `<span>${digit}</span><span class="track"><span class="fill"></span></span><span class="share"></span>`;
    return item;
  }

  const percent = share => share > 0.9995 ? '100 %' : `${(100 * share).toFixed(1)} %`;

  // Mouse, pen and finger.
  let last = null;
  const place = event => {
    const box = paper.getBoundingClientRect();
    return { x: (event.clientX - box.left) * side / box.width, y: (event.clientY - box.top) * side / box.height };
  };
  paper.addEventListener('pointerdown', event => {
    paper.setPointerCapture(event.pointerId);
    $('example').value = '';
    last = place(event);
    stroke(last, last);
  });
  paper.addEventListener('pointermove', event => {
    if (last) {
      const to = place(event);
      stroke(last, to);
      last = to;
    }
  });
  for (const name of ['pointerup', 'pointercancel']) {
    paper.addEventListener(name, () => { last = null; });
  }

  // Keyboard.
  const showCursor = () => {
    ink.putImageData(drawn, 0, 0);
    ink.strokeStyle = cursor.down ? '#ffaa5e' : '#86b0ff';
    ink.lineWidth = 2;
    ink.beginPath();
    ink.arc(cursor.x, cursor.y, 10, 0, 7);
    ink.stroke();
  };
  paper.addEventListener('keydown', event => {
    const move = { ArrowUp: [0, -8], ArrowDown: [0, 8], ArrowLeft: [-8, 0], ArrowRight: [8, 0] }[event.key];
    if (move) {
      const from = { ...cursor };
      cursor.x = Math.max(0, Math.min(side, cursor.x + move[0]));
      cursor.y = Math.max(0, Math.min(side, cursor.y + move[1]));
      if (cursor.down) {
        stroke(from, cursor);
      }
    } else if (event.key === ' ') {
      cursor.down = !cursor.down;
      if (cursor.down) {
        stroke(cursor, cursor);
      }
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      clear();
    } else {
      return;
    }
    event.preventDefault();
    showCursor();
  });
  paper.addEventListener('blur', () => ink.putImageData(drawn, 0, 0));

  $('clear').addEventListener('click', () => {
    $('example').value = '';
    clear();
  });
  $('example').append(...examples.map((_, digit) => new Option(digit, digit)));
  $('example').addEventListener('change', event => {
    clear();
    for (const line of examples[event.target.value] ?? []) {
      for (let i = 3; i < line.length; i += 2) {
        stroke(
          { x: 70 + 140 * line[i - 3], y: 45 + 190 * line[i - 2] },
          { x: 70 + 140 * line[i - 1], y: 45 + 190 * line[i] });
      }
    }
  });
  $('heat-digit').addEventListener('change', event => {
    heatDigit = +event.target.value;
    show();
  });

  // Networks.
  const first = new Uint8Array(await (await fetch('./digits.safetensors')).arrayBuffer());
  async function open(file) {
    try {
      use(new Uint8Array(await file.arrayBuffer()), file.name);
      $('own').hidden = false;
      say('');
    } catch (error) {
      say(`That did not work: ${error.message}`, true);
    }
  }
  $('file').addEventListener('change', event => event.target.files[0] && open(event.target.files[0]));
  $('own').addEventListener('click', () => {
    use(first, 'LeNet-5');
    $('own').hidden = true;
  });
  addEventListener('dragover', event => event.preventDefault());
  addEventListener('drop', event => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) {
      open(event.dataTransfer.files[0]);
    }
  });

  clear();
  use(first, 'LeNet-5');
  return {
    show() {},
    repaint() {
      colors = palette();
      show();
    },
  };
}
