// The settings of the second tab, in its form and in the link.

export const defaults = {
  data: 'circles', noise: 0.1, hidden: '8, 8', activation: 'tanh', optimizer: 'adam', rate: 0.03, penalty: 0, batch: 16, seed: 1,
};

/** The settings of a link such as #learn?data=xor&hidden=4. */
export function fromLink(hash) {
  const given = new URLSearchParams(hash.split('?')[1] ?? '');
  const settings = { ...defaults };
  for (const [name, value] of Object.entries(defaults)) {
    if (given.has(name)) {
      settings[name] = typeof value === 'number' ? Number(given.get(name)) : given.get(name);
    }
  }
  settings.points = unpack(given.get('points') ?? '');
  return settings;
}

/** The link that keeps settings; what is as at first is left out. */
export function toLink(settings) {
  const kept = new URLSearchParams();
  for (const [name, value] of Object.entries(defaults)) {
    if (String(settings[name]) !== String(value)) {
      kept.set(name, String(settings[name]).replaceAll(', ', '-'));
    }
  }
  if (settings.data === 'own' && settings.points.length) {
    kept.set('points', pack(settings.points));
  }
  const text = kept.toString();
  return text ? `#learn?${text}` : '#learn';
}

/** Numbers of neurons from a text such as "8, 8"; null if it is none. */
export function layersOf(text) {
  const sizes = String(text).trim().split(/[\s,\-]+/).filter(Boolean).map(Number);
  return sizes.length <= 6 && sizes.every(size => Number.isInteger(size) && size >= 1 && size <= 16) ? sizes : null;
}

/** The coordinates of points go from -scale to scale. */
export const scale = 3;

// A point is five characters: x and y in 36² steps each, and the class.
function pack(points) {
  let text = '';
  for (let i = 0; i < points.length; i += 3) {
    for (const value of [points[i], points[i + 1]]) {
      text += Math.round((Math.max(-1, Math.min(1, value / scale)) + 1) / 2 * 1295).toString(36).padStart(2, '0');
    }
    text += points[i + 2];
  }
  return text;
}

function unpack(text) {
  const points = [];
  for (let i = 0; i + 5 <= text.length; i += 5) {
    const [x, y] = [0, 2].map(at => parseInt(text.slice(i + at, i + at + 2), 36) / 1295 * 2 * scale - scale);
    if (Number.isFinite(x + y)) {
      points.push(x, y, text[i + 4] === '1' ? 1 : 0);
    }
  }
  return points;
}
