"use strict";

// Shows what the emulator tells of itself, every two seconds and only while somebody can see it.
const PAUSE_BETWEEN = 2000;
const pause = document.getElementById("pause");
const state = document.getElementById("state");

/** One row; texts only, so that nothing of a request becomes markup. */
function row(cells) {
  const line = document.createElement("tr");
  for (const cell of cells) {
    const place = document.createElement("td");
    const { text, kind } = typeof cell === "object" && cell !== null ? cell : { text: cell };
    place.textContent = text ?? "–";
    if (kind) {
      place.className = kind;
    }
    line.append(place);
  }
  return line;
}

function fill(id, rows, empty) {
  const lines = rows.length === 0 ? [row([empty])] : rows.map(row);
  document.getElementById(id).replaceChildren(...lines);
}

const number = (value) => ({ text: value, kind: "number" });
const time = (moment) => moment.slice(11, 19);

function server(item) {
  const [, , subscription, , group, , , , name] = item.id.split("/");
  return [name, item.state, number(item.automaticBackups), number(item.onDemandBackups),
    item.tier, item.location, group, subscription];
}

function operation(item) {
  const target = item.target.split("/flexibleservers/").pop();
  const failed = item.status !== "Succeeded" && item.status !== "InProgress";
  const kind = item.kind.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return [kind, target, { text: item.status, kind: failed ? "bad" : "" },
    time(item.started), time(item.ends), item.name];
}

function request(item) {
  const status = { text: item.status ?? "no answer", kind: "number" };
  if (item.status === null || item.status >= 400) {
    status.kind = "number bad";
  }
  return [time(item.at), item.method, status, number(item.milliseconds), { text: item.path, kind: "long" }];
}

function show(log) {
  fill("servers", log.world.servers.map(server), "There is no server.");
  fill("operation-rows", log.world.operations.map(operation), "None has begun.");
  fill("request-rows", log.requests.map(request), "None has come.");
  fill("switch-rows", Object.entries(log.switches).map(([name, value]) => [name, JSON.stringify(value)]), "");
  const faults = log.world.faults;
  document.getElementById("faults-left").textContent =
    faults === 0 ? "None waits." : faults === 1 ? "One waits." : `${faults} wait.`;
}

async function refresh() {
  try {
    const answer = await fetch("/_emulator/log", { cache: "no-store" });
    show(await answer.json());
    state.textContent = "Times are in UTC. The page follows the emulator.";
  } catch {
    state.textContent = "The emulator does not answer.";
  }
}

async function follow() {
  const isPaused = pause.getAttribute("aria-pressed") === "true";
  if (!isPaused && document.visibilityState === "visible") {
    await refresh();
  }
  setTimeout(follow, PAUSE_BETWEEN);
}

pause.addEventListener("click", () => {
  const isPaused = pause.getAttribute("aria-pressed") !== "true";
  pause.setAttribute("aria-pressed", String(isPaused));
  state.textContent = isPaused ? "Paused." : "The page follows the emulator.";
});

follow();
