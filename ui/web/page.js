// The page's script: keeps each region equal to the HTML that the server sends, and turns clicks into events.
(() => {
  "use strict";
  const keys = { own: "driftline.own", person: "driftline.person", conversation: "driftline.conversation", theme: "driftline.theme" };
  const memory = {};
  const store = {
    get(key) {
      try { return localStorage.getItem(key) || ""; } catch { return memory[key] || ""; }
    },
    set(key, value) {
      try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { memory[key] = value; }
    },
  };

  const wish = store.get(keys.theme);
  if (wish) document.documentElement.dataset.theme = wish;
  document.documentElement.dataset.tab = "chat";

  let trigger = null;
  let opened = false;
  let pending = null;

  const ids = () => ({ own: store.get(keys.own), person: store.get(keys.person), conversation: store.get(keys.conversation) });
  const fire = (name, data = {}) => trigger && trigger(name, { ...ids(), ...data });

  // --- regions -------------------------------------------------------------------------------------------------

  const sameNode = (a, b) =>
    a.nodeType === b.nodeType && a.nodeName === b.nodeName &&
    (a.nodeType !== 1 || (a.dataset?.key || "") === (b.dataset?.key || ""));

  // Changes only what differs, so that focus, open details and half-filled forms survive an update.
  function morph(from, to) {
    if (from.nodeType !== 1) {
      if (from.data !== to.data) from.data = to.data;
      return;
    }
    const wasRunning = from.classList.contains("steps") && from.querySelector(".spinner");
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name) && name !== "open") from.removeAttribute(name);
    }
    for (const { name, value } of [...to.attributes]) {
      if (name !== "open" && from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
    if (wasRunning && !to.querySelector(".spinner")) from.removeAttribute("open");
    morphChildren(from, to);
  }

  function morphChildren(from, to) {
    const wanted = [...to.childNodes];
    let here = from.firstChild;
    for (const node of wanted) {
      let match = here;
      while (match && !sameNode(match, node)) match = match.nextSibling;
      if (match && (match === here || node.dataset?.key)) {
        while (here !== match) {
          const gone = here;
          here = here.nextSibling;
          gone.remove();
        }
        morph(match, node);
        here = match.nextSibling;
      } else {
        from.insertBefore(node, here);
      }
    }
    while (here) {
      const gone = here;
      here = here.nextSibling;
      gone.remove();
    }
  }

  const parse = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  };

  const drawn = new WeakMap();
  function draw(slot, value) {
    const html = Array.isArray(value) ? value.join("") : value || "";
    if (drawn.get(slot) === html) return false;
    drawn.set(slot, html);
    morphChildren(slot, parse(html));
    return true;
  }

  const after = {
    top(slot) {
      const mast = slot.querySelector(".masthead");
      if (!mast) return;
      opened = true;
      store.set(keys.own, mast.dataset.own);
      store.set(keys.person, mast.dataset.person === mast.dataset.own ? "" : mast.dataset.person);
      store.set(keys.conversation, mast.dataset.conversation);
    },
    log(slot) {
      const turns = slot.querySelectorAll(".turn");
      const last = turns[turns.length - 1];
      const running = last?.dataset.state === "running";
      document.documentElement.toggleAttribute("data-running", Boolean(running));
      if (last && last.dataset.key !== slot.dataset.last) last.scrollIntoView({ block: "start", behavior: "instant" });
      slot.dataset.last = last?.dataset.key || "";
      if (pending && slot.dataset.last !== pending.before) {
        clearTimeout(pending.timer);
        pending = null;
      }
      if (last?.dataset.state === "failed" && !slot.dataset.returned?.includes(last.dataset.key)) {
        slot.dataset.returned = `${slot.dataset.returned || ""} ${last.dataset.key}`;
        putBack(last.querySelector(".trouble button")?.dataset.text || "");
      }
      if (!slot.querySelector(".turn")) slot.closest("#dl-log").scrollTop = 0;
    },
    panel(slot) {
      const dot = document.querySelector(".tabs .dot");
      if (dot) dot.hidden = !slot.querySelector(".event.fresh") || document.documentElement.dataset.tab === "panel";
    },
    status(slot) {
      clearTimeout(after.timer);
      const state = slot.querySelector(".status")?.dataset.state;
      const wait = state === "ready" ? 20000 : state === "loading" ? 3000 : 8000;
      const ask = () => (document.hidden ? (after.timer = setTimeout(ask, wait)) : fire("poll"));
      after.timer = setTimeout(ask, wait);
    },
  };

  function attach(name, element, props, watch, send, events) {
    const slot = element.querySelector("[data-slot]");
    const update = () => {
      if (draw(slot, props.value) || name === "status") after[name]?.(slot);
    };
    watch("value", update);
    update();
    if (events.length) {
      trigger = send;
      grow();
      hello(0);
    }
  }

  // The first event can come before Gradio listens; ask again until there is an answer.
  function hello(tries) {
    if (opened || tries > 20) return;
    fire("open");
    setTimeout(() => hello(tries + 1), tries < 1 ? 1500 : 4000);
  }

  // --- composer ------------------------------------------------------------------------------------------------

  const box = () => document.getElementById("dl-text");
  const dial = () => document.querySelector('[name="dl-dial"]:checked')?.value ?? "";

  function grow() {
    const area = box();
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 180)}px`;
  }

  function putBack(text) {
    const area = box();
    if (area && !area.value.trim()) {
      area.value = text;
      grow();
    }
  }

  function say(text) {
    text = text.trim();
    if (!text || pending || document.documentElement.hasAttribute("data-running")) return;
    document.documentElement.dataset.tab = "chat";
    syncTabs();
    const timer = setTimeout(() => {
      pending = null;
      putBack(text);
      const slot = document.querySelector("#dl-composer [data-slot]");
      if (slot) draw(slot, '<p class="notice trouble" role="alert">The server does not answer. Your words are back in the box.</p>');
    }, 10000);
    pending = { before: document.querySelector("#dl-log [data-slot]")?.dataset.last || "", timer };
    fire("send", { text, adventure: dial() });
    const area = box();
    if (area) {
      area.value = "";
      grow();
    }
  }

  // --- clicks and keys -----------------------------------------------------------------------------------------

  function syncTabs() {
    const tab = document.documentElement.dataset.tab;
    for (const button of document.querySelectorAll(".tabs [data-tab]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
    }
  }

  const dialog = () => document.querySelector("dialog.menu");

  const actions = {
    verdict(button) {
      button.classList.add("sent");
      setTimeout(() => button.classList.remove("sent"), 600);
      fire("act", { do: "verdict", verdict: button.dataset.verdict, item: button.dataset.item, turn: button.dataset.turn });
    },
    remove: (button) => fire("act", { do: "remove", event: button.dataset.event }),
    more: () => fire("act", { do: "more" }),
    fresh() {
      fire("act", { do: "fresh" });
      dialog()?.close();
      box()?.focus();
    },
    home() {
      fire("act", { do: "home" });
      dialog()?.close();
    },
    person(button) {
      fire("act", { do: "person", target: button.dataset.person });
      dialog()?.close();
    },
    conversation(button) {
      fire("act", { do: "conversation", target: button.dataset.conversation });
      dialog()?.close();
    },
    erase(button) {
      if (!button.dataset.armed) {
        button.dataset.armed = "1";
        button.textContent = "Yes, erase it all";
        return;
      }
      fire("act", { do: "erase" });
      dialog()?.close();
    },
    menu: () => dialog()?.showModal(),
    stop: () => fire("stop"),
    example(button) {
      if (button.dataset.send) say(button.dataset.text);
      else {
        putBack(button.dataset.text);
        box()?.focus();
      }
    },
    tab(button) {
      document.documentElement.dataset.tab = button.dataset.tab;
      if (button.dataset.tab === "panel") button.querySelector(".dot").hidden = true;
      syncTabs();
      scrollTo(0, 0);
    },
    theme() {
      const dark = getComputedStyle(document.documentElement).getPropertyValue("--is-dark").trim() === "1";
      document.documentElement.dataset.theme = dark ? "light" : "dark";
      store.set(keys.theme, document.documentElement.dataset.theme);
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-do]");
    if (button) actions[button.dataset.do]?.(button);
    else if (event.target === dialog()) dialog().close();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-do]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.do === "compose") say(box().value);
    if (form.dataset.do === "edit") {
      form.closest("details").open = false;
      fire("act", { do: "edit", event: form.dataset.event, kind: form.elements.kind.value, value: form.elements.value.value });
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "dl-text" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say(event.target.value);
  });

  document.addEventListener("input", (event) => {
    if (event.target.id === "dl-text") grow();
  });

  window.driftline = { attach };
})();
