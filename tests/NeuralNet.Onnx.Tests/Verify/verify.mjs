// Runs exported models with ONNX Runtime and compares what they give with what NeuralNet predicted.
//   node verify.mjs FOLDER
// FOLDER is what `dotnet run --project tests/NeuralNet.Onnx.Tests -- models FOLDER` wrote. ONNX Runtime is the one that is
// installed for the benchmarks: cd tests/NeuralNet.Benchmarks/peers && npm install --ignore-scripts
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../NeuralNet.Benchmarks/peers/package.json', import.meta.url));
const ort = require('onnxruntime-node');

// In float, the order of sums differs; in double, attributes such as a slope are floats still, which are exact to 2^-24.
const tolerance = { float32: 1e-5, float64: 1e-7 };
const arrays = { float32: Float32Array, float64: Float64Array };

// Errors of models that are not meant to run are expected, so they are not logged either.
const options = { logSeverityLevel: 4, intraOpNumThreads: 1 };

const sizeOf = (shape) => shape.reduce((size, side) => size * side, 1);

// The numbers of one input or output of all samples; a sample has them one behind the other.
function* parts(values, samples, numbers) {
  const row = values.reduce((size, value) => size + sizeOf(value.shape), 0);
  let start = 0;
  for (const { name, shape } of values) {
    const size = sizeOf(shape);
    const own = Array.from({ length: samples }, (_, i) => numbers.slice(i * row + start, i * row + start + size)).flat();
    yield { name, dims: [samples, ...shape], own };
    start += size;
  }
}

async function check(folder, name) {
  const { runs, type, inputs: ins, outputs: outs, batches } = JSON.parse(fs.readFileSync(path.join(folder, name + '.json'), 'utf8'));
  let session;
  try {
    session = await ort.InferenceSession.create(path.join(folder, name + '.onnx'), options);
  } catch (error) {
    // A model that is told not to run must fail for want of a kernel, not because it is wrong.
    return !runs && /Could not find an implementation/.test(String(error)) ? null : String(error);
  }
  if (!runs) {
    return 'it runs, though it is told not to';
  }
  let worst = 0;
  for (const { samples, inputs, expected } of batches) {
    const feeds = {};
    for (const { name: input, dims, own } of parts(ins, samples, inputs)) {
      feeds[input] = new ort.Tensor(type, arrays[type].from(own, Number), dims);
    }
    const result = await session.run(feeds);
    for (const { name: output, dims, own } of parts(outs, samples, expected)) {
      const { data, dims: found } = result[output];
      if (dims.join() !== found.join()) {
        return `${output} is ${found} instead of ${dims}`;
      }
      for (let i = 0; i < own.length; i++) {
        const difference = Math.abs(data[i] - own[i]) / Math.max(1, Math.abs(own[i]));
        if (!(difference <= tolerance[type])) {
          return `of ${samples} samples, number ${i} of ${output} is ${data[i]} instead of ${own[i]}`;
        }
        worst = Math.max(worst, difference);
      }
    }
  }
  return worst;
}

const folder = process.argv[2];
const names = fs.readdirSync(folder).filter((file) => file.endsWith('.onnx')).map((file) => file.slice(0, -5));
let [ran, failed, without] = [0, 0, 0];
const worst = { float32: 0, float64: 0 };
for (const name of names.sort()) {
  const result = await check(folder, name);
  if (typeof result === 'number') {
    const { type } = JSON.parse(fs.readFileSync(path.join(folder, name + '.json'), 'utf8'));
    worst[type] = Math.max(worst[type], result);
    ran++;
  } else if (result === null) {
    without++;
  } else {
    console.log(`${name}: ${result}`);
    failed++;
  }
}
console.log(`ONNX Runtime ${ort.env.versions.node}: ${ran} models agree, to ${worst.float32.toExponential(1)} in float and `
  + `${worst.float64.toExponential(1)} in double; ${without} need kernels that it lacks in double, as told; ${failed} failed`);
process.exit(failed > 0 || ran === 0 ? 1 : 0);
