// The worker's outer shell: it takes connections from its first moment on, and hands them to the emulator once that has
// started. It runs as one SharedWorker for all tabs, or as a Worker of one tab where there is no SharedWorker.

let connect;
const connected = [];
const accept = (port) => (connect ? connect(port) : connected.push(port));

if ("SharedWorkerGlobalScope" in self) {
  self.onconnect = (event) => accept(event.ports[0]);
} else {
  // A worker of one tab has no port. A channel gives it one, which also keeps what is sent before the start.
  const { port1, port2 } = new MessageChannel();
  self.onmessage = (event) => port1.postMessage(event.data);
  port1.onmessage = (event) => self.postMessage(event.data);
  accept(port2);
}

try {
  const glue = await import("./arm-emulator-worker.js");
  await glue.default({ module_or_path: new URL("./arm-emulator-worker_bg.wasm", import.meta.url) });
  const emulator = await glue.start();
  connect = (port) => emulator.accept_port(port);
} catch (error) {
  // Nobody would answer, and a tab would wait for ever.
  connect = (port) => port.postMessage(JSON.stringify({ type: "failed", message: String(error) }));
  console.error(error);
}
connected.forEach(connect);
