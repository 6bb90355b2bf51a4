// The timeline's part of the page: its buttons and forms, files that are dropped in, files that are saved.
(() => {
  "use strict";
  const send = (data) => window.driftline.fire("act", data);
  const root = document.documentElement;

  const fields = (form) => {
    const data = {};
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data[name] = value;
    return data;
  };

  // What a button or a form carries goes along with the action that it names.
  const told = (element) => {
    const data = { ...element.dataset, do: element.dataset.tl };
    delete data.tl;
    return data;
  };

  document.addEventListener("click", (event) => {
    const wide = event.target.closest?.("[data-tl-wide]");
    if (wide) return widen(!root.hasAttribute("data-wide"));
    const button = event.target.closest?.("button[data-tl]");
    if (!button || button.disabled) return;
    button.classList.add("sent");
    setTimeout(() => button.classList.remove("sent"), 600);
    send(told(button));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-tl]");
    if (!form) return;
    event.preventDefault();
    send({ ...told(form), ...fields(form) });
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-upload]")) return bring(event.target.files?.[0], event.target);
    const form = event.target.closest?.("form[data-live]");
    if (form && event.target.tagName === "SELECT") form.requestSubmit();
  });

  // --- full width ----------------------------------------------------------------------------------------------

  function widen(on) {
    root.toggleAttribute("data-wide", on);
    sync();
    const mark = on ? "#timeline" : "";
    history.replaceState(history.state, "", location.pathname + location.search + mark);
    scrollTo(0, 0);
  }

  function sync() {
    const on = root.hasAttribute("data-wide");
    for (const button of document.querySelectorAll("[data-tl-wide]")) button.setAttribute("aria-pressed", String(on));
  }

  if (location.hash === "#timeline") root.setAttribute("data-wide", "");

  // --- a history -----------------------------------------------------------------------------------------------

  const zone = () => document.querySelector("[data-drop]");

  function say(place, words, busy = false) {
    const wait = place.querySelector(".busy");
    const trouble = place.querySelector(".trouble");
    wait.hidden = !busy;
    trouble.hidden = !words;
    trouble.textContent = words;
  }

  async function bring(file, input = null) {
    const place = zone();
    if (!file || !place) return;
    if (input) input.value = "";
    if (file.size > Number(place.dataset.limit)) return say(place, place.dataset.tooLarge);
    say(place, "", true);
    try {
      const { path } = await window.driftline.upload(file);
      send({ do: "hist_read", path, name: file.name });
    } catch {
      say(place, place.dataset.failed);
    }
  }

  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const place = event.target.closest?.("[data-drop]");
      if (!place) return;
      event.preventDefault();
      place.classList.toggle("over", kind === "dragover");
      if (kind === "drop") bring(event.dataTransfer?.files?.[0]);
    });
  }

  // --- files to keep -------------------------------------------------------------------------------------------

  function save(file) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.textContent], { type: `${file.dataset.type};charset=utf-8` }));
    link.download = file.dataset.download;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    file.remove();
    send({ do: "tl_saved" });
  }

  // What was pressed is gone with its part of the page; the keyboard goes on where the next part begins.
  let preview = null;
  function follow() {
    const shown = document.querySelector(".preview");
    if (shown === preview) return;
    const next = shown || document.querySelector(".undo button") || document.querySelector(".history summary");
    if (document.activeElement === document.body) next?.focus();
    preview = shown;
  }

  new MutationObserver(() => {
    follow();
    const file = document.querySelector("#dl-panel [data-download]");
    if (file) save(file);
    const place = zone();
    if (place && !place.querySelector(".trouble").textContent) place.querySelector(".trouble").hidden = true;
    sync();
  }).observe(root, { childList: true, subtree: true });
})();
