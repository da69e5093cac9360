// What ONNX Runtime makes of models that people have, which are not part of this project: node answers.mjs FOLDER
// writes NAME.json here for each NAME.onnx of the list in FOLDER. ONNX Runtime is the one that is installed for the
// benchmarks: cd tests/NeuralNet.Benchmarks/peers && npm install --ignore-scripts
//
// The inputs are numbers that the test makes, too: element i of sample s is ((37·i + 11·s) mod 101)/101.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../NeuralNet.Benchmarks/peers/package.json', import.meta.url));
const ort = require('onnxruntime-node');

const samples = 3;
const models = {
  'cntk_mnist-8': [1, 28, 28],
  'keras2onnx_cnn_max_mninst3': [28, 28, 1],
  'pytorch_conv_mp1': [3, 8, 8],
  'pytorch_lenet': [1, 28, 28],
  'tf2onnx_KJ_TinyTaxiNet': [8, 16, 1],
  'tf2onnx_traffic-classifier64': [32, 32, 3],
  'matlab_ACASXU_experimental_v2a_1_2': [1, 1, 5],
};

for (const [name, shape] of Object.entries(models)) {
  const session = await ort.InferenceSession.create(path.join(process.argv[2], name + '.onnx'), { logSeverityLevel: 4 });
  const size = shape.reduce((product, side) => product * side, 1);
  const expected = [];
  for (let s = 0; s < samples; s++) {
    const values = Float32Array.from({ length: size }, (_, i) => ((37 * i + 11 * s) % 101) / 101);
    const result = await session.run({ [session.inputNames[0]]: new ort.Tensor('float32', values, [1, ...shape]) });
    expected.push(...result[session.outputNames[0]].data);
  }
  fs.writeFileSync(new URL(name + '.json', import.meta.url), JSON.stringify({ samples, inputs: size, expected }) + '\n');
}
