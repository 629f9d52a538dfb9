// Asks the library, which is a WebAssembly module inside the page.

// `words`: what the library says, a text a language, for failureWords.
export class LabFailure extends Error {
  constructor(message, words = null) {
    super(message);
    this.words = words;
  }
}

// What LabError is asked for.
const WORDS = { bare: 0, en: 1, zh: 2 };

// The bytes of a <script> that holds gzip as base64.
export async function inflate(id) {
  const packed = atob(document.getElementById(id).textContent.trim());
  const bytes = Uint8Array.from(packed, (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function compileLibrary() {
  return WebAssembly.compile(await inflate('module'));
}

// "name=value name=value"; what is null or undefined is left out.
export function optionLine(options) {
  return Object.entries(options)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

export class Engine {
  // Synchronous, for a worker; a page uses Engine.start, as it may not block on a large module.
  constructor(module, instance = new WebAssembly.Instance(module, {})) {
    this.module = module;
    this.use(instance);
  }

  static async start(module) {
    return new Engine(module, await WebAssembly.instantiate(module, {}));
  }

  use(instance) {
    this.lab = instance.exports;
    this.lab._initialize();
  }

  // {numbers: {name: Float64Array}, texts: {name: string}}. Throws LabFailure with the library's words.
  ask(question, options = {}, data = null) {
    const given = [];
    const give = (bytes) => {
      given.push(this.put(bytes));
      return given.at(-1);
    };
    try {
      const name = give(zeroTerminated(question));
      const line = give(zeroTerminated(optionLine(options)));
      const at = data && data.length > 0 ? give(data) : 0;
      this.lab.LabAsk(name, line, at, data ? data.length : 0);
      const answer = this.answer();
      given.forEach((place) => this.lab.LabFree(place));
      return answer;
    } catch (error) {
      throw this.renewed(error);
    }
  }

  // After a trap the memory is in no known state, so the module starts afresh.
  renewed(error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) return error;
    const said = {};
    try {
      for (const [name, number] of Object.entries(WORDS)) said[name] = this.text(this.lab.LabError(number));
    } catch {
      // then there are no words of it
    }
    this.use(new WebAssembly.Instance(this.module, {}));
    if (!said.zh) return new LabFailure(`the computation stopped: ${error.message}`);
    return new LabFailure(said.bare, { en: said.en, zh: said.zh });
  }

  put(bytes) {
    const at = this.lab.LabAllocate(bytes.length);
    if (at === 0) throw new RangeError('not enough memory');
    // A view made before a call may be of memory that has since moved: always a new one.
    new Uint8Array(this.lab.memory.buffer, at, bytes.length).set(bytes);
    return at;
  }

  text(at) {
    const bytes = new Uint8Array(this.lab.memory.buffer);
    return decoder.decode(bytes.subarray(at, bytes.indexOf(0, at)));
  }

  answer() {
    const numbers = {};
    const texts = {};
    for (const line of this.text(this.lab.LabNames()).split('\n')) {
      const [kind, name] = line.split(' ');
      if (!name) continue;
      const key = this.put(zeroTerminated(name));
      if (kind === 'number') {
        const count = this.lab.LabCount(key);
        const at = this.lab.LabNumbers(key);
        numbers[name] = new Float64Array(this.lab.memory.buffer, at, count).slice();
      } else {
        texts[name] = this.text(this.lab.LabText(key));
      }
      this.lab.LabFree(key);
    }
    return { numbers, texts };
  }
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function zeroTerminated(text) {
  return encoder.encode(`${text.replaceAll('\0', ' ')}\0`);
}
