// The chain rule for one weight, term by term, with its numbers.

const number = value => {
  const text = Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4 || value === 0 ? value.toFixed(5) : value.toExponential(3);
  return text.replace('-', '−');
};

/** Writes the terms as a table. */
export function showRule(element, terms, chosen, sizes, settings) {
  const [w, input, z, output, slope, byOutput, delta, product, penalty, gradient, difference, loss, target] = terms;
  const { layer, neuron, input: from } = chosen;
  const isLast = layer === sizes.length - 1;
  const name = `w<sub>${neuron + 1},${from + 1}</sub>`;
  const source = layer === 1 ? ['x', 'y'][from] : `a<sub>${from + 1}</sub> of layer ${layer - 1}`;
  const a = `a<sub>${neuron + 1}</sub>`;
  const rows = [
    [name, w, `the weight, in layer ${layer} from ${source} to neuron ${neuron + 1}`],
    [`z<sub>${neuron + 1}</sub>`, z, 'the weighted sum of the neuron’s inputs, plus its bias'],
    [a, output, isLast ? 'the output, a logit: the probability of class 1 is its sigmoid' : `its output, ${settings.activation} of z`],
    ['L', loss, `the loss at this point, of class ${target}${penalty ? ', with the penalties' : ''}`],
    [`∂L/∂${a}`, byOutput, isLast ? 'sigmoid(a) − class' : 'came back from the layer after it'],
    [`∂${a}/∂z<sub>${neuron + 1}</sub>`, slope, isLast ? 'no activation' : `the slope of ${settings.activation} at z`],
    [`δ = ∂L/∂z<sub>${neuron + 1}</sub>`, delta, 'the product of the two'],
    [`∂z<sub>${neuron + 1}</sub>/∂${name}`, input, `the input, ${source}`],
  ];
  if (penalty) {
    rows.push([`∂R/∂${name}`, penalty, 'of the penalty, added']);
  }
  const check = Number.isNaN(difference) ? 'no finite difference: a kink is too close' : `finite differences give ${number(difference)}`;
  const sum = penalty ? ` ${penalty < 0 ? '−' : '+'} ${number(Math.abs(penalty))}` : '';
  element.innerHTML = `
    <p class="equation">∂L/∂${name} = ∂L/∂${a} · ∂${a}/∂z · ∂z/∂${name}${penalty ? ' + ∂R/∂w' : ''}
      = ${number(byOutput)} · ${number(slope)} · ${number(input)}${sum} = <strong>${number(gradient)}</strong></p>
    <table><tbody>${rows.map(([term, value, text]) => `<tr><th scope="row">${term}</th><td>${number(value)}</td><td>${text}</td></tr>`).join('')}
    <tr class="sum"><th scope="row">∂L/∂${name}</th><td>${number(gradient)}</td><td>${check}</td></tr></tbody></table>`;
}
