// What the pages share: regions that stay equal to the HTML that the server sends, the browser's memory, and the theme.
window.driftline = (() => {
  "use strict";
  const memory = {};
  const store = {
    get(key) {
      try { return localStorage.getItem(key) || ""; } catch { return memory[key] || ""; }
    },
    set(key, value) {
      try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { memory[key] = value; }
    },
  };

  const theme = "driftline.theme";
  const wish = store.get(theme);
  if (wish) document.documentElement.dataset.theme = wish;

  function switchTheme() {
    const dark = getComputedStyle(document.documentElement).getPropertyValue("--is-dark").trim() === "1";
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    store.set(theme, document.documentElement.dataset.theme);
  }

  // A page's own: what to do when a region was drawn, what goes along with every event, what to do when all is there.
  const page = { after: {}, ids: () => ({}), ready: () => {} };
  let trigger = null;
  const fire = (name, data = {}) => trigger && trigger(name, { ...page.ids(), ...data });

  const sameNode = (a, b) =>
    a.nodeType === b.nodeType && a.nodeName === b.nodeName &&
    (a.nodeType !== 1 || (a.dataset?.key || "") === (b.dataset?.key || ""));

  const marked = (node) => node.hasAttribute("selected") || node.hasAttribute("checked");

  // Changes only what differs, so that focus, open details and half-filled forms survive an update.
  function morph(from, to) {
    if (from.nodeType !== 1) {
      if (from.data !== to.data) from.data = to.data;
      return;
    }
    const before = marked(from);
    const wasRunning = from.classList.contains("steps") && from.querySelector(".spinner");
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name) && name !== "open") from.removeAttribute(name);
    }
    for (const { name, value } of [...to.attributes]) {
      if (name === "open" || from.getAttribute(name) === value) continue;
      from.setAttribute(name, value);
      // A field that somebody touched no longer follows its attribute; what the server changed goes on, but under hands.
      if (name === "value" && from.nodeName === "INPUT" && from !== document.activeElement) from.value = value;
    }
    if (before !== marked(to)) from[from.nodeName === "OPTION" ? "selected" : "checked"] = !before;
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

  const STAMP = /<!--(\w+):(\d+)-->$/;
  const drawn = new WeakMap();
  function draw(slot, value) {
    const html = Array.isArray(value) ? value.join("") : value || "";
    if (drawn.get(slot) === html) return false;
    drawn.set(slot, html);
    morphChildren(slot, parse(html));
    return true;
  }

  const slot = (name) => document.querySelector(`#dl-${name} [data-slot]`);

  function attach(name, element, props, watch, send, events) {
    const own = element.querySelector("[data-slot]");
    let latest = { run: "", number: 0 };
    const update = () => {
      const html = Array.isArray(props.value) ? props.value.join("") : props.value || "";
      // Answers overtake one another: what was drawn earlier than what is shown is out of date.
      const [, run, number] = STAMP.exec(html) || [];
      if (run && run === latest.run && Number(number) < latest.number) return;
      if (run) latest = { run, number: Number(number) };
      if (draw(own, html.replace(STAMP, ""))) page.after[name]?.(own);
    };
    watch("value", update);
    update();
    if (events.length) {
      trigger = send;
      page.ready();
    }
  }

  // The first event can come before Gradio listens; ask again until there is an answer.
  function hello(name, answered, tries = 0) {
    if (answered() || tries > 20) return;
    fire(name);
    setTimeout(() => hello(name, answered, tries + 1), tries < 1 ? 1500 : 4000);
  }

  return { attach, draw, fire, hello, page, slot, store, switchTheme };
})();
