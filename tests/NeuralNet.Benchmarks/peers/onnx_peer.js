// ONNX Runtime's side, called as its package for Node.js is meant to be. See peer.py for the requests.
'use strict';

const fs = require('node:fs');
const readline = require('node:readline');

function answer(value) {
  fs.writeSync(1, JSON.stringify(value) + '\n');
}

function fail(error) {
  answer({ error: String(error).split('\n')[0].replace(/\.$/, '') });
}

async function predict(ort, request) {
  const session = await ort.InferenceSession.create(request.model, {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    interOpNumThreads: 1,
    intraOpNumThreads: 1,
  });
  const bytes = fs.readFileSync(request.inputs);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const features = request.sizes[0];
  const feeds = { inputs: new ort.Tensor('float32', values.slice(), [values.length / features, features]) };
  const { outputs } = await session.run(feeds);
  const repeat = async (count) => {
    for (let i = 0; i < count; i++) {
      await session.run(feeds);
    }
  };
  return [{ outputs: Array.from(outputs.data) }, repeat];
}

async function main() {
  let ort;
  try {
    ort = require('onnxruntime-node');
  } catch {
    fail('onnxruntime-node is not installed; in tests/NeuralNet.Benchmarks/peers: npm install --ignore-scripts');
    return;
  }

  answer({ 'ONNX Runtime (Node.js)': `${ort.env.versions.node}, Node.js ${process.versions.node}` });
  let repeat;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
      if (request.command === 'run') {
        await repeat(request.unmeasured);
        const start = process.hrtime.bigint();
        await repeat(request.iterations);
        answer({ seconds: Number(process.hrtime.bigint() - start) / 1e9 });
      } else {
        let result;
        [result, repeat] = await predict(ort, request);
        answer(result);
      }
    } catch (error) {
      fail(error);
    }
  }
}

main();
