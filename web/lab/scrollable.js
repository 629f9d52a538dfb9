// Formulas and code that are wider than the page scroll; then, and only then, the keyboard must reach them.
export function keepScrollable() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  document.querySelectorAll('main :is(math[display="block"], pre)').forEach((each) => watch.observe(each));
}
