// What is wide can be scrolled by key, and only then it is a stop of the Tab key.
const watch = new ResizeObserver((seen) => {
  for (const { target } of seen)
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
});
for (const wide of document.querySelectorAll("[tabindex]")) watch.observe(wide);
