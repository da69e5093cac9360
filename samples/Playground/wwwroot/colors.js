// The colours of pictures: what is positive is blue, what is negative orange, 0 the ground.

const parse = text => {
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  probe.fillStyle = text;
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
};

/** The colours of the page as it is now, dark or light. */
export function palette() {
  const element = document.createElement('span');
  document.body.append(element);
  const of = name => {
    element.style.color = `var(${name})`;
    return getComputedStyle(element).color;
  };
  const result = { ground: of('--surface'), line: of('--line'), text: of('--text'), soft: of('--soft'), blue: of('--blue'), orange: of('--orange') };
  element.remove();
  result.rgb = { ground: parse(result.ground), blue: parse(result.blue), orange: parse(result.orange) };
  return result;
}

/** Writes numbers from -1 to 1 as pixels. */
export function diverging(values, pixels, colors, strength = 1) {
  const { ground, blue, orange } = colors.rgb;
  for (let i = 0; i < values.length; i++) {
    const t = Math.max(-1, Math.min(1, values[i]));
    const end = t >= 0 ? blue : orange;
    const share = Math.abs(t) * strength;
    for (let c = 0; c < 3; c++) {
      pixels[4 * i + c] = ground[c] + (end[c] - ground[c]) * share;
    }
    pixels[4 * i + 3] = 255;
  }
}

/** Draws numbers, row after row, as grey pixels of a canvas: 0 is black, the largest white. */
export function paintGrey(canvas, values, width, height, first = 0, step = 1, most = 1) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const grey = 255 * Math.max(0, Math.min(1, values[first + i * step] / most));
    image.data.set([grey, grey, grey, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}

/** Draws numbers, row after row, in blue and orange. */
export function paintDiverging(canvas, values, width, height, colors) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  let most = 1e-12;
  for (const value of values) {
    most = Math.max(most, Math.abs(value));
  }
  diverging(values.map(value => value / most), image.data, colors);
  context.putImageData(image, 0, 0);
}
