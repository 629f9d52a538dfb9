// Asks the WebAssembly module as a page would: ask.mjs MODULE JOBS OUT
// JOBS is JSON, [{question, options, data?: path}]. OUT gets one answer a job: {numbers: name -> the doubles'
// bytes in hexadecimal, texts} or, of a call that fails, {error, english, chinese}. Every job has an instance of its own.
import { readFileSync, writeFileSync } from 'node:fs';

const [modulePath, jobsPath, outPath] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(modulePath));

function answer({ question, options, data }) {
  const lab = new WebAssembly.Instance(module, {}).exports; // {}: it imports nothing
  lab._initialize();
  const put = (bytes) => {
    const at = lab.LabAllocate(bytes.length);
    new Uint8Array(lab.memory.buffer, at, bytes.length).set(bytes);
    return at;
  };
  const zeroTerminated = (text) => put(Buffer.from(text + '\0', 'utf8'));
  const text = (at) => {
    const bytes = new Uint8Array(lab.memory.buffer);
    return Buffer.from(bytes.subarray(at, bytes.indexOf(0, at))).toString('utf8');
  };
  const bytes = data ? readFileSync(data) : Buffer.alloc(0);
  try {
    lab.LabAsk(zeroTerminated(question), zeroTerminated(options), put(bytes), bytes.length);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    return {
      error: text(lab.LabError(0)),
      english: text(lab.LabError(1)),
      chinese: text(lab.LabError(2)),
    };
  }
  const found = { numbers: {}, texts: {} };
  for (const line of text(lab.LabNames()).trimEnd().split('\n')) {
    const [kind, name] = line.split(' ');
    const at = zeroTerminated(name);
    if (kind === 'text') found.texts[name] = text(lab.LabText(at));
    else
      found.numbers[name] = Buffer.from(
        new Uint8Array(lab.memory.buffer, lab.LabNumbers(at), lab.LabCount(at) * 8),
      ).toString('hex');
  }
  return found;
}

writeFileSync(outPath, JSON.stringify(JSON.parse(readFileSync(jobsPath, 'utf8')).map(answer)));
