// Names for what the theme puts on a page without one, so that a screen reader can tell them apart,
// and a stop for the keyboard on tables that scroll.
const mend = () => {
  document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
  document.querySelectorAll(".md-code__nav").forEach((nav) => nav.setAttribute("role", "none"));
  document.querySelectorAll(".md-typeset__scrollwrap").forEach((wrap) => { wrap.tabIndex = 0; });
};
new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
mend();
