// The pictures of the second tab: the plane with its points, the network, the curve of the loss.
import { diverging } from './colors.js';

/** Half the side of the square that is shown. */
export const reach = 3.4;

const sigmoid = z => 1 / (1 + Math.exp(-z));
const spare = document.createElement('canvas');

// Makes a canvas as sharp as the screen; what is drawn is measured in the page's pixels.
function fit(canvas) {
  const ratio = devicePixelRatio;
  const width = canvas.clientWidth;
  const height = Math.round(width * Number(canvas.dataset.ratio));
  if (canvas.width !== Math.round(width * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

// A picture of one neuron: its outputs over the plane.
function picture(surfaces, index, side, colors, isOutput) {
  spare.width = spare.height = side;
  const context = spare.getContext('2d');
  const image = context.createImageData(side, side);
  const values = new Float32Array(side * side);
  let most = 1;
  for (let i = 0; i < values.length; i++) {
    const value = surfaces[index * side * side + i];
    values[i] = isOutput ? 2 * sigmoid(value) - 1 : value;
    most = Math.max(most, Math.abs(values[i]));
  }
  diverging(values.map(value => value / most), image.data, colors, isOutput ? 0.72 : 0.9);
  context.putImageData(image, 0, 0);
  return spare;
}

/** Draws the decision and the points. */
export function drawPlane(canvas, surfaces, neurons, side, points, chosen, cursor, colors) {
  const { context, width: size } = fit(canvas);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture(surfaces, neurons - 1, side, colors, true), 0, 0, size, size);
  const at = (x, y) => [(x / reach + 1) * size / 2, (1 - y / reach) * size / 2];
  for (let i = 0; i < points.length; i += 3) {
    const [x, y] = at(points[i], points[i + 1]);
    const isChosen = i / 3 === chosen;
    context.beginPath();
    context.arc(x, y, (isChosen ? 8 : 4.6) * size / 440, 0, 7);
    context.fillStyle = points[i + 2] > 0.5 ? colors.blue : colors.orange;
    context.fill();
    context.lineWidth = isChosen ? 3 : 1.2;
    context.strokeStyle = isChosen ? colors.text : colors.ground;
    context.stroke();
  }
  if (cursor) {
    const [x, y] = at(cursor.x, cursor.y);
    context.strokeStyle = colors.text;
    context.lineWidth = 2.5;
    context.beginPath();
    context.moveTo(x - 14, y);
    context.lineTo(x + 14, y);
    context.moveTo(x, y - 14);
    context.lineTo(x, y + 14);
    context.stroke();
  }
}

/** Where the neurons of a network are in its picture: sizes from the two inputs to the one output. */
export function layout(sizes, width, height) {
  const most = Math.max(...sizes);
  const radius = Math.max(6, Math.min(22, (height - 16) / most / 2.3, width / sizes.length / 3.4));
  return sizes.map((size, layer) => Array.from({ length: size }, (_, neuron) => ({
    x: radius + 20 + layer * (width - 2 * radius - 24) / (sizes.length - 1),
    y: height / 2 + (neuron - (size - 1) / 2) * Math.min((height - 12) / most, 2.9 * radius),
    radius,
  })));
}

/** Calls back for every weight with its index, its layer, its neuron and its input. */
export function eachWeight(sizes, call) {
  let index = 0;
  for (let layer = 1; layer < sizes.length; layer++) {
    for (let input = 0; input < sizes[layer - 1]; input++) {
      for (let neuron = 0; neuron < sizes[layer]; neuron++) {
        call(index++, layer, neuron, input);
      }
    }
    index += sizes[layer];
  }
}

/** Draws the network. */
export function drawNetwork(canvas, sizes, parameters, gradients, surfaces, side, chosen, colors) {
  const { context, width, height } = fit(canvas);
  const nodes = layout(sizes, width, height);
  let mostGradient = 1e-12;
  eachWeight(sizes, index => { mostGradient = Math.max(mostGradient, Math.abs(gradients[index])); });
  eachWeight(sizes, (index, layer, neuron, input) => {
    const from = nodes[layer - 1][input];
    const to = nodes[layer][neuron];
    const weight = parameters[index];
    const isChosen = layer === chosen.layer && neuron === chosen.neuron && input === chosen.input;
    const middle = (from.x + to.x) / 2;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y);
    if (isChosen) {
      context.strokeStyle = colors.text;
      context.lineWidth = Math.min(7, Math.abs(weight) * 1.6) + 5;
      context.globalAlpha = 0.35;
      context.stroke();
    }
    context.globalAlpha = Math.min(1, 0.25 + Math.abs(weight) / 2);
    context.strokeStyle = weight >= 0 ? colors.blue : colors.orange;
    context.lineWidth = Math.max(0.5, Math.min(7, Math.abs(weight) * 1.6));
    context.stroke();
    context.globalAlpha = 1;

    // The gradient, in the middle of the line.
    const size = 4.5 * Math.sqrt(Math.abs(gradients[index]) / mostGradient);
    if (size > 1) {
      context.beginPath();
      context.arc(middle, (from.y + to.y) / 2, size, 0, 7);
      context.fillStyle = gradients[index] >= 0 ? colors.blue : colors.orange;
      context.strokeStyle = colors.ground;
      context.lineWidth = 1.5;
      context.fill();
      context.stroke();
    }
  });

  context.font = '600 14px system-ui, sans-serif';
  context.textBaseline = 'middle';
  let picked = 0;
  nodes.forEach((layer, l) => layer.forEach((node, n) => {
    const { x, y, radius } = node;
    context.save();
    context.beginPath();
    context.roundRect(x - radius, y - radius, 2 * radius, 2 * radius, radius / 2.6);
    context.clip();
    if (l === 0) {
      // x or y itself.
      const gradient = n === 0
        ? context.createLinearGradient(x - radius, 0, x + radius, 0)
        : context.createLinearGradient(0, y + radius, 0, y - radius);
      gradient.addColorStop(0, colors.orange);
      gradient.addColorStop(0.5, colors.ground);
      gradient.addColorStop(1, colors.blue);
      context.fillStyle = gradient;
      context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    } else {
      context.imageSmoothingEnabled = true;
      context.drawImage(picture(surfaces, picked++, side, colors, l === nodes.length - 1), x - radius, y - radius, 2 * radius, 2 * radius);
    }
    context.restore();
    context.beginPath();
    context.roundRect(x - radius, y - radius, 2 * radius, 2 * radius, radius / 2.6);
    context.strokeStyle = colors.soft;
    context.lineWidth = 1.5;
    context.stroke();
    if (l === 0) {
      context.fillStyle = colors.text;
      context.textAlign = 'right';
      context.fillText(n === 0 ? 'x' : 'y', x - radius - 6, y);
    }
  }));
}

/** The weight whose line is nearest to a place in the picture; null if none is near. */
export function weightAt(canvas, sizes, x, y) {
  const nodes = layout(sizes, canvas.clientWidth, canvas.clientHeight);
  let best = null;
  let least = 14;
  eachWeight(sizes, (index, layer, neuron, input) => {
    const from = nodes[layer - 1][input];
    const to = nodes[layer][neuron];
    const middle = (from.x + to.x) / 2;
    for (let t = 0.05; t < 1; t += 0.05) {
      const u = 1 - t;
      const px = u ** 3 * from.x + 3 * u * t * middle + t ** 3 * to.x;
      const py = (u ** 3 + 3 * u * u * t) * from.y + (3 * u * t * t + t ** 3) * to.y;
      const distance = Math.hypot(px - x, py - y);
      if (distance < least) {
        least = distance;
        best = { layer, neuron, input };
      }
    }
  });
  return best;
}

/** Draws the losses so far, from the first step to the last. */
export function drawCurve(canvas, losses, colors) {
  const { context, width, height } = fit(canvas);
  const most = Math.max(0.7, ...losses.map(entry => entry.loss));
  const left = 36;
  const bottom = height - 20;
  const y = loss => 10 + (bottom - 10) * (1 - loss / most);
  context.font = '12px system-ui, sans-serif';
  context.fillStyle = colors.soft;
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const mark of [0, most / 2, most]) {
    context.beginPath();
    context.moveTo(left, y(mark));
    context.lineTo(width - 6, y(mark));
    context.stroke();
    context.fillText(mark.toFixed(2), left - 6, y(mark));
  }
  if (losses.length === 0) {
    return;
  }
  const last = Math.max(1, losses.at(-1).step);
  context.fillText(`step ${losses.at(-1).step}`, width - 6, height - 7);
  context.strokeStyle = colors.blue;
  context.lineWidth = 2.5;
  context.lineJoin = 'round';
  context.beginPath();
  losses.forEach((entry, i) => {
    const x = left + (width - left - 8) * entry.step / last;
    context[i ? 'lineTo' : 'moveTo'](x, y(entry.loss));
  });
  context.stroke();
}
