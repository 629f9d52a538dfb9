// Trains nets in the WebAssembly module as a page would: train.mjs MODULE JOB OUT
// JOB is the JSON that net_wasm_test.cc writes. OUT gets, run after run, the weights and the predictions
// as floats; then all records as doubles. A call that fails ends with its message on stderr.
import { readFileSync, writeFileSync } from 'node:fs';

const [modulePath, jobPath, outPath] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobPath, 'utf8'));
const module = new WebAssembly.Module(readFileSync(modulePath));
const lab = new WebAssembly.Instance(module, {}).exports; // {}: it imports nothing
lab._initialize();

const text = (at) => {
  const bytes = new Uint8Array(lab.memory.buffer);
  return Buffer.from(bytes.subarray(at, bytes.indexOf(0, at))).toString('utf8');
};
const floats = (values) => {
  const at = lab.LabAllocate(values.length * 4);
  new Float32Array(lab.memory.buffer, at, values.length).set(values);
  return at;
};
const words = (values) => {
  const at = lab.LabAllocate(values.length * 4);
  new Uint32Array(lab.memory.buffer, at, values.length).set(values);
  return at;
};
const zeroTerminated = (line) => {
  const bytes = Buffer.from(line + '\0', 'utf8');
  const at = lab.LabAllocate(bytes.length);
  new Uint8Array(lab.memory.buffer, at, bytes.length).set(bytes);
  return at;
};
const bytesOf = (at, length) => Buffer.from(new Uint8Array(lab.memory.buffer, at, length));

function train() {
  const inputs = floats(job.inputs);
  const targets = floats(job.targets);
  const rows = words([inputs, targets, job.training, job.validation, job.width, job.outputs]);
  const net = lab.LabNetMake(rows, zeroTerminated(job.options));
  lab.LabFree(targets);
  const runs = job.runs.map(({ decay, lr, seed }) => lab.LabNetStart(net, decay, lr, seed));
  for (let epoch = 1; epoch <= job.epochs; ++epoch) lab.LabNetTrain(net, epoch);

  const parts = [];
  const predicted = lab.LabAllocate(job.training * job.outputs * 4);
  for (const run of runs) {
    for (let t = 0; t < lab.LabNetTensors(net); ++t)
      parts.push(bytesOf(lab.LabNetWeights(net, run, t), lab.LabNetTensorSize(net, t) * 4));
    lab.LabNetPredict(net, run, inputs, job.training, predicted);
    parts.push(bytesOf(predicted, job.training * job.outputs * 4));
  }
  const records = [];
  for (const run of runs) {
    for (let e = 0; e < lab.LabNetEpochs(net, run); ++e)
      for (let what = 0; what < job.numbers; ++what) records.push(lab.LabNetRecord(net, run, e, what));
  }
  lab.LabNetFree(net);
  return Buffer.concat([...parts, Buffer.from(new Float64Array(records).buffer)]);
}

try {
  writeFileSync(outPath, train());
} catch (error) {
  if (!(error instanceof WebAssembly.RuntimeError)) throw error;
  process.stderr.write(text(lab.LabError(0)) + '\n');
  process.exitCode = 1;
}
